import { closeSync, openSync, readSync } from 'node:fs';

/** Half a page. The kernel gives long lists a page at a time, so what is shorter was the last of it. */
const LAST_BELOW = 2048;
const ZERO = 48;
const NINE = 57;
const POINT = 46;

/** Shared by all files: what was read is worked through before anything else is read. */
let bytes: Buffer = Buffer.allocUnsafe(16_384);

/**
 * A file of the kernel's (`/proc`, `/sys`) that is kept open, read again and again from its beginning, and worked
 * through without making strings: about a microsecond for a small one.
 */
export class KernelFile {
  readonly #descriptor: number;
  #length = 0;
  #at = 0;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Opens and reads it for the first time; a text is the reason why that cannot be done. */
  static open(path: string): KernelFile | string {
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r');
    } catch (cause) {
      return unreadable(path, cause);
    }
    try {
      readSync(descriptor, bytes, 0, bytes.length, 0);
      return new KernelFile(descriptor);
    } catch (cause) {
      closeSync(descriptor);
      return unreadable(path, cause);
    }
  }

  /**
   * Reads it anew and goes to its beginning. False where that cannot be done: then it is empty.
   *
   * @param atMost - Bytes that are enough, of a file of which the beginning matters.
   */
  read(atMost: number = Number.POSITIVE_INFINITY): boolean {
    this.#length = 0;
    this.#at = 0;
    try {
      for (;;) {
        const room = Math.min(bytes.length, atMost) - this.#length;
        const count = readSync(this.#descriptor, bytes, this.#length, room, this.#length);
        this.#length += count;
        if (count < LAST_BELOW || this.#length >= atMost) return this.#length > 0;
        if (this.#length > bytes.length / 2) bytes = Buffer.concat([bytes], bytes.length * 2);
      }
    } catch {
      this.#length = 0;
      return false;
    }
  }

  /** The next whole number from here on, digits of names included; `NaN` where there is none. */
  integer(): number {
    while (this.#at < this.#length && !isDigit(bytes[this.#at])) this.#at += 1;
    if (this.#at >= this.#length) return Number.NaN;
    let value = 0;
    for (let byte = bytes[this.#at]; isDigit(byte) && this.#at < this.#length; byte = bytes[this.#at]) {
      value = value * 10 + (byte - ZERO);
      this.#at += 1;
    }
    return value;
  }

  /** The next number from here on, with what follows its decimal point. */
  decimal(): number {
    const whole = this.integer();
    if (this.#at >= this.#length || bytes[this.#at] !== POINT) return whole;
    const from = this.#at + 1;
    const fraction = this.integer();
    return whole + fraction / 10 ** (this.#at - from);
  }

  /** Goes to just behind the next occurrence of a word. False, and stays, where there is none. */
  behind(word: Buffer): boolean {
    const found = bytes.indexOf(word, this.#at);
    if (found < 0 || found + word.length > this.#length) return false;
    this.#at = found + word.length;
    return true;
  }

  /** Whether a word stands right before this place, less `skip` bytes. */
  isBefore(word: Buffer, skip: number): boolean {
    const end = this.#at - skip;
    return end >= word.length && bytes.compare(word, 0, word.length, end - word.length, end) === 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function unreadable(path: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') return `needs ${path}, which this platform lacks or hides`;
  if (code === 'EOPNOTSUPP' || code === 'ENOTSUP') return `${path} is switched off on this machine`;
  return `${path} cannot be read: ${code}`;
}
