import { KernelFile } from './kernel-file.js';

/** Length of the kernel's accounting tick [ns]: USER_HZ is 100 on every Linux that Node.js supports. */
export const TICK_NS = 1e7;
/** The line of all cores together comes first. */
const FIRST_LINE = 256;
const COLUMNS = 8;

/** Time of all cores together since boot [ns], in steps of 10 ms. */
export class CpuTime {
  readonly #file: KernelFile;
  /** User, nice, system, idle, waiting for I/O, interrupts, soft interrupts, steal [ticks]; guests are in user. */
  readonly #ticks: Float64Array = new Float64Array(COLUMNS);

  private constructor(file: KernelFile) {
    this.#file = file;
  }

  /**
   * @returns a text where it cannot be had: why.
   *
   * Source: the `cpu` line of /proc/stat, see proc_stat(5).
   */
  static open(root = ''): CpuTime | string {
    const file = KernelFile.open(`${root}/proc/stat`);
    return typeof file === 'string' ? file : new CpuTime(file);
  }

  /** Reads it anew. False where that cannot be done: then all is `NaN`. */
  read(): boolean {
    const readable = this.#file.read(FIRST_LINE);
    for (let column = 0; column < COLUMNS; column += 1) {
      this.#ticks[column] = readable ? this.#file.integer() : Number.NaN;
    }
    return readable;
  }

  get user(): number {
    return this.#sum(0, 1);
  }

  get system(): number {
    return this.#sum(2, 5, 6);
  }

  get idle(): number {
    return this.#sum(3, 4);
  }

  /** Given to others by the hypervisor while there was work to do. */
  get stolen(): number {
    return this.#sum(7);
  }

  close(): void {
    this.#file.close();
  }

  #sum(...columns: readonly number[]): number {
    let ticks = 0;
    for (const column of columns) ticks += this.#ticks[column] ?? Number.NaN;
    return ticks * TICK_NS;
  }
}

/** Time stolen since boot and all time since boot, over all cores [ns]; `undefined` where it cannot be had. */
export function stolenTime(): { stolenNs: number; totalNs: number } | undefined {
  const time = CpuTime.open();
  if (typeof time === 'string') return undefined;
  time.read();
  const stolenNs = time.stolen;
  const totalNs = time.user + time.system + time.idle + stolenNs;
  time.close();
  return Number.isNaN(totalNs) ? undefined : { stolenNs, totalNs };
}
