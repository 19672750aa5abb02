import type { Run } from '@perf/schema';
import { compareRuns, summariseRun } from '@perf/stats';
import type { Config } from '../config/config.js';
import { thresholdOf } from '../config/threshold.js';
import type { Reference } from './reference.js';

/** A run whose measuring is over: with its end, its summaries, and its comparison where there is a reference. */
export type JudgedRun = Run & { status: 'complete' | 'interrupted'; finishedAt: string };

/**
 * Ends a run: summaries of every metric, and the verdicts against a reference, if there is one. Does not mutate it.
 *
 * @param label - How reports call the run beside its reference.
 */
export function judgedRun(
  run: Run,
  end: { interrupted: boolean; config: Config; label: string; reference?: Reference | undefined },
): JudgedRun {
  const { interrupted, config, label, reference } = end;
  const confidence = config.confidence ?? 0.95;
  const ended: JudgedRun = {
    ...run,
    status: interrupted ? 'interrupted' : 'complete',
    finishedAt: new Date().toISOString(),
    confidence,
    summaries: summariseRun(run, confidence),
  };
  if (reference === undefined) return ended;
  const comparison = compareRuns(reference.run, ended, {
    confidence,
    thresholdOf: (probe) => thresholdOf(config, probe),
    labels: { a: reference.label, b: label },
  });
  return { ...ended, comparison };
}
