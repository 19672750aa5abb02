import type { Run } from '@perf/schema';
import { compareRuns } from '@perf/stats';
import type { Config } from '../config/config.js';
import { FormerNames } from '../config/former-names.js';
import { thresholdOf } from '../config/threshold.js';
import { type Waiver, withWaivers } from '../waivers/waivers.js';
import { withFindings } from './findings.js';
import type { Reference } from './reference.js';

/** A run whose measuring is over: with all that is worked out at its end, and its comparison if it has a reference. */
export type JudgedRun = Run & { status: 'complete' | 'interrupted'; finishedAt: string };

/**
 * Ends a run: summaries, leaks, scalability, overhead and gates, and the verdicts against a reference, if there is
 * one. Does not mutate it.
 *
 * @param label - How reports call the run beside its reference.
 * @param waivers - Of regressions that people accept; none if left out.
 */
export function judgedRun(
  run: Run,
  end: {
    interrupted: boolean;
    config: Config;
    label: string;
    reference?: Reference | undefined;
    waivers?: readonly Waiver[];
  },
): JudgedRun {
  const { interrupted, config, label, reference, waivers = [] } = end;
  const confidence = config.confidence ?? 0.95;
  const measured: JudgedRun = {
    ...run,
    status: interrupted ? 'interrupted' : 'complete',
    finishedAt: new Date().toISOString(),
    confidence,
  };
  const ended = withFindings(measured, config);
  if (reference === undefined) return ended;
  const comparison = compareRuns(new FormerNames(config).run(reference.run), ended, {
    confidence,
    thresholdOf: (probe, metric) => thresholdOf(config, probe, metric),
    labels: { a: reference.label, b: label },
    // Of a comparison both sides were measured in turns; a baseline is of another time.
    normalise: run.variant === undefined,
  });
  return { ...ended, comparison: withWaivers(comparison, waivers, measured.finishedAt.slice(0, 10)) };
}
