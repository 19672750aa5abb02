import { probit } from 'simple-statistics';
import { requireConfidence, requireCount, requireThreshold } from './sample-rules.js';
import { studentQuantile } from './student-t.js';
import { waysToDeal } from './ways-to-deal.js';

/** A comparison that is to be made. */
export interface PlannedComparison {
  /** Processes of each side. */
  readonly processes: { readonly a: number; readonly b: number };
  /** Standard deviation of the logarithm from process to process: 0.03 for some 3 %. */
  readonly spread: number;
  /** In (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Share of such changes that is to be found, in (0, 1). Default 0.8. */
  readonly power?: number;
  /** Comparisons in the Benjamini–Hochberg family. Default 1. */
  readonly family?: number;
}

/**
 * The smallest change that a comparison will find as often as asked, as a ratio above 1; its inverse is found as often.
 * Plan with it before measuring, and read an absence of findings with it: what is smaller may well be there.
 *
 * For normal logarithms, by Student's test; the rank test that `compareRuns` uses has 95 % of its power there
 * (counted in), and more where tails are long. Infinite where so few processes can never reach the confidence.
 *
 * @throws {SampleError} `stats/out-of-range`.
 *
 * Cost: O(1).
 * Source: Cohen 1988, "Statistical Power Analysis for the Behavioral Sciences", chapter 2; the efficiency 3 / pi: Lehmann
 * 1975, "Nonparametrics", chapter 2.
 */
export function minimumDetectableRatio({
  processes: { a, b },
  spread,
  confidence = 0.95,
  power = 0.8,
  family = 1,
}: PlannedComparison): number {
  for (const count of [a, b]) requireCount(count, 'processes');
  requireCount(family, 'family');
  requireThreshold(spread);
  requireConfidence(confidence);
  requireConfidence(power);
  const level = (1 - confidence) / family;
  if (2 / waysToDeal(a, b) > level) return Number.POSITIVE_INFINITY;
  const reach = studentQuantile(1 - level, a + b - 2) + probit(power);
  return Math.exp((reach * spread * Math.sqrt(1 / a + 1 / b)) / Math.sqrt(3 / Math.PI));
}
