import type { Comparison, Run } from '@perf/schema';

/** What intervals were asked for, each in (0, 1). */
export interface Asked {
  /** Intervals of changes: what the comparison says. */
  readonly changes: number;
  /** Intervals of a run's own figures. */
  readonly figures: number;
}

/** What the schema says of a run that names no confidence. */
const unnamed = 0.95;

/** The confidence that the documents asked of their intervals. */
export function askedOf(run: Run | undefined, comparison: Comparison | undefined): Asked {
  const figures = run?.confidence ?? unnamed;
  return { changes: comparison?.confidence ?? figures, figures };
}

/** A confidence as a percentage, never rounded up: an interval must not claim what it does not attain. */
export function formatConfidence(confidence: number): string {
  return `${Math.floor(confidence * 1000 + 1e-6) / 10} %`;
}

/** The confidence to print beside an interval: the one asked for, or the attained one if that is lower. */
export function statedConfidence(attained: number, asked: number): string {
  return formatConfidence(isTooFew(attained, asked) ? attained : asked);
}

/** Whether the processes were too few for the confidence asked for. Rounding errors do not count. */
export function isTooFew(attained: number, asked: number): boolean {
  return attained < asked - 1e-9;
}
