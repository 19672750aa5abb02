/** What the hooks saw while modules loaded, for the thread that asked for them: a flag each, 1 once it was seen. */
export type Seen = Int32Array;

/** A module got a package from elsewhere, as its variant asks for. */
export const REPLACED = 0;
/** A module was loaded otherwise than Node.js alone would load it, or may ask for one later that would be. */
export const NEEDED = 1;

/** Flags that threads can share, none of them seen. */
export function nothingSeen(): Seen {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

export function note(seen: Seen, flag: typeof REPLACED | typeof NEEDED): void {
  Atomics.store(seen, flag, 1);
}

export function wasSeen(seen: Seen, flag: typeof REPLACED | typeof NEEDED): boolean {
  return Atomics.load(seen, flag) === 1;
}

/** Code, not a comment of its own line, that may load or look for a module when it runs. */
const LATER = /^(?!\s*(?:\*|\/\/|\/\*)).*\bimport\s*(?:\(|\.\s*meta\s*\.\s*resolve\b)/m;

/** Whether a module may ask for others once it runs. */
export function asksLater(source: string): boolean {
  return LATER.test(source);
}
