import { normalFrom } from '../src/seeded-random.js';

/** Log-normal values with median 1000, as process medians of a benchmark tend to be. */
export function logNormal(random: () => number, n: number, spread: number): number[] {
  return Array.from({ length: n }, () => 1000 * Math.exp(spread * normalFrom(random)));
}
