import { median } from '../quantile.js';
import { requireConfidence, requireSample } from '../sample-rules.js';
import { studentQuantile, studentTail } from '../student-t.js';
import { levelOfLook, looks } from './looks.js';

/** A ratio from pairs of processes, with an interval that may be looked at as pairs come in. */
export interface PairedRatio {
  /** b over a. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Attained by all looks together: the one asked for, or 0 with fewer than two pairs. */
  readonly confidence: number;
  /** Two-sided, against a ratio of 1; holds at whichever look one stops. */
  readonly p: number;
  /** Standard deviation of the pairs' log-ratios. */
  readonly deviation: number;
}

/**
 * Ratio of b over a from independent pairs of processes.
 *
 * The pair is the unit of replication: identical code differs from one process to the next by what the compiler chose
 * and where memory lay, and only fresh pairs show how much. The estimate is the pseudomedian of the pairs' log-ratios
 * (the median of the means of all two of them, and of each), which one odd pair hardly moves. The interval is Student's
 * around it, with a level for one look of several, so that measuring until it decides does not raise the error.
 *
 * @param logRatios - One for each pair, shape (n), any order.
 * @param confidence - Of all looks together, in (0, 1).
 * @param planned - How many looks there may be; default: all of `looks`.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`, `stats/out-of-range`.
 *
 * Cost: O(n²).
 * Source: Hodges & Lehmann 1963 for the estimate; Kalibera & Jones 2013, "Rigorous benchmarking in reasonable time",
 * for the levels of replication; `looks` for the sequence.
 */
export function betweenPairs(
  logRatios: readonly number[],
  confidence = 0.95,
  planned: number = looks.length,
): PairedRatio {
  requireSample(logRatios, 'the pairs');
  requireConfidence(confidence);
  const n = logRatios.length;
  const center = pseudomedian(logRatios);
  if (n < 2) return { ...exponents(center, 0), confidence: 0, p: 1, deviation: 0 };
  const mean = logRatios.reduce((sum, one) => sum + one, 0) / n;
  const deviation = Math.sqrt(logRatios.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1));
  const error = deviation / Math.sqrt(n);
  const half = error * studentQuantile(1 - levelOfLook(1 - confidence, planned), n - 1);
  return {
    ...exponents(center, half),
    confidence,
    p: Math.min(1, pOf(center, error, n - 1) / levelOfLook(1, planned)),
    deviation,
  };
}

function exponents(center: number, half: number): { ratio: number; low: number; high: number } {
  return { ratio: Math.exp(center), low: Math.exp(center - half), high: Math.exp(center + half) };
}

/** Of one look. Over the share that a look has, it is below 0.05 just where the interval of 0.95 leaves 1 out. */
function pOf(center: number, error: number, degrees: number): number {
  if (center === 0) return 1;
  return error === 0 ? 0 : studentTail(Math.abs(center) / error, degrees);
}

function pseudomedian(values: readonly number[]): number {
  const means = values.flatMap((one, index) => values.slice(index).map((other) => (one + other) / 2));
  return median(means);
}
