import { quantileSorted } from 'simple-statistics';
import { requireConfidence, requireSample } from '../sample-rules.js';
import { studentQuantile, studentTail } from '../student-t.js';
import { levelOfLook, looks } from './looks.js';
import { signedRank, walshAverages } from './signed-rank.js';

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
 * around it, and from 11 pairs on that of Wilcoxon's signed ranks, exact also where processes are of two kinds; with a
 * level for one look of several, so that measuring until it decides does not raise the error.
 *
 * @param logRatios - One for each pair, shape (n), any order.
 * @param confidence - Of all looks together, in (0, 1).
 * @param planned - How many looks there may be; default: all of `looks`.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`, `stats/out-of-range`.
 *
 * Cost: O(n²).
 * Source: Hodges & Lehmann 1963 for the estimate and the interval by ranks; Kalibera & Jones 2013, "Rigorous benchmarking in reasonable time",
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
  const means = walshAverages(logRatios);
  const center = quantileSorted(Array.from(means), 0.5);
  if (n < 2) return { ...exponents(center, center, center), confidence: 0, p: 1, deviation: 0 };
  const mean = logRatios.reduce((sum, one) => sum + one, 0) / n;
  const deviation = Math.sqrt(logRatios.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1));
  const level = levelOfLook(1 - confidence, planned);
  const share = levelOfLook(1, planned);
  if (n >= FEWEST_RANKED) {
    const { lowerTail, boundRank } = signedRank(n);
    const bound = Math.max(1, boundRank(level)) - 1;
    const [low, high] = [means[bound] as number, means[means.length - 1 - bound] as number];
    const one = 2 * lowerTail(smallerSide(means));
    return { ...exponents(center, low, high), confidence, p: Math.min(1, one / share), deviation };
  }
  const error = deviation / Math.sqrt(n);
  const half = error * studentQuantile(1 - level, n - 1);
  return {
    ...exponents(center, center - half, center + half),
    confidence,
    p: Math.min(1, pOf(center, error, n - 1) / share),
    deviation,
  };
}

/** With fewer the ranks cannot reach the level of one look of many. */
const FEWEST_RANKED = 11;

/** The means above 0, or those below it if they are fewer; those that are 0 count half. */
function smallerSide(means: Float64Array): number {
  let side = 0;
  for (const mean of means) side += mean > 0 ? 1 : mean === 0 ? 0.5 : 0;
  return Math.min(side, means.length - side);
}

function exponents(center: number, low: number, high: number): { ratio: number; low: number; high: number } {
  return { ratio: Math.exp(center), low: Math.exp(low), high: Math.exp(high) };
}

/** Of one look. Over the share that a look has, it is below 0.05 just where the interval of 0.95 leaves 1 out. */
function pOf(center: number, error: number, degrees: number): number {
  if (center === 0) return 1;
  return error === 0 ? 0 : studentTail(Math.abs(center) / error, degrees);
}
