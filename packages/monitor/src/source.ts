import type { Figure } from './figure.js';

/** One origin of figures, opened once and read again and again. */
export interface Source {
  readonly figures: readonly Figure[];
  /**
   * Writes the value of each figure, in their order, from `at` on; `NaN` where there is none this time. Counters are
   * totals from any fixed beginning. Gauges of an interval are since the last reading. Never throws.
   */
  read(into: Float64Array, at: number): void;
  /** Gives up what it holds. Called once. */
  close(): void;
}

/**
 * Makes a source ready. What it needs and cannot have is no error: its figures then have no value, and say why.
 *
 * @param root - Folder in which the kernel's `proc` and `sys` are: empty for those of this machine.
 */
export type OpenSource = (root: string) => Source;
