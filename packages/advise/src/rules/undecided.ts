import type { ComparedEvidence } from '../evidence.js';

/** Rounding only: an attained confidence is a sum of powers of two. */
const ROUNDING = 1e-9;

/** Whether the processes were too few for an interval of the confidence that was asked for. */
export function fallsShort(attained: number, asked: number): boolean {
  return attained < asked - ROUNDING;
}

/** Whether a comparison's interval is wider than the band of changes that count as equal: no centre would fit in it. */
export function isWiderThanItsBand({ low, high, threshold }: ComparedEvidence): boolean {
  return low > 0 && Math.log(high / low) > 2 * Math.log(1 + threshold);
}
