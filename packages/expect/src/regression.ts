import { type Compared, type Incomparable, probeKey } from '@perf/schema';
import { compareRuns } from '@perf/stats';
import { type BaselineOptions, baselineFor, historyFile } from './baseline.js';
import { documentOf } from './document-of.js';
import { type EffortOptions, effortOf } from './effort.js';
import { attains, worsening } from './evidence.js';
import { ExpectError } from './expect-error.js';
import { type Measured, measureTargets } from './measure-targets.js';
import type { Outcome, OutcomeState, WhenUndecided } from './outcome.js';
import { fractionOf, type Share } from './quantities.js';
import { regressionText, withoutBaseline } from './regression-text.js';
import { readSettings } from './settings.js';
import type { Subject } from './subject.js';
import { targetOf } from './target.js';

export interface RegressionOptions extends EffortOptions, BaselineOptions, WhenUndecided {
  /** Change that still counts as equal, such as `10%`. Default as `perfkit run` takes it: the configuration's, else 5 %. */
  readonly threshold?: Share;
  /** Judged metrics to look at, such as `['time']`; default all that the probe has. */
  readonly metrics?: readonly string[];
  /** What to do without a baseline: `fail` (default), or `pass`, such as on machines that keep no history. */
  readonly noBaseline?: 'fail' | 'pass';
}

/** Time and warm-up are what `perfkit run` takes: less of them would itself look like a change. */
export const REGRESSION_DEFAULTS = { processes: 5, timeMs: 300, warmupMs: 500 } as const;

/**
 * Whether a probe regressed against the stored baseline: it is measured in fresh processes and compared as
 * `perfkit run` does.
 *
 * - `shown`: the verdict of at least one metric is `regressed`.
 * - `refuted`: the interval of every metric attains the confidence and ends at or below the threshold.
 * - `undecided`: anything else; `no-baseline` if there is none and that may pass.
 *
 * @throws {ExpectError} `expect/no-baseline`, or if it could not be measured or compared; {StoreError} about the
 * history.
 *
 * Cost: `processes` × (`time` + up to `warmup` + about 0.3 s).
 */
export async function regression(subject: Subject, options: RegressionOptions = {}): Promise<Outcome> {
  if (subject.kind === 'function') {
    throw new ExpectError(
      'expect/subject',
      `The history knows probes, not the function ${subject.exportName}.`,
      {
        seen: subject.exportName,
        remedy: "Write it as a probe of a perf file, and name that: probe(file, 'suite › name').",
      },
    );
  }
  const target = targetOf(subject);
  const settings = readSettings(target.root, options.profile);
  const file = historyFile(options.store, settings.store);
  const baseline = await baselineFor(target, file, options);
  if ('reason' in baseline) {
    if (options.noBaseline === 'pass') {
      const text = withoutBaseline(target.title, baseline.reason);
      return { state: 'no-baseline', compared: [], explanation: text };
    }
    throw new ExpectError('expect/no-baseline', baseline.reason, {
      seen: file,
      remedy: `${baseline.remedy}\nOr let it pass where there is none: { noBaseline: 'pass' }.`,
    });
  }
  const { confidence = 0.95, timeMs, warmupMs } = settings;
  const effort = effortOf(options, {
    processes: REGRESSION_DEFAULTS.processes,
    timeMs: timeMs ?? REGRESSION_DEFAULTS.timeMs,
    warmupMs: warmupMs ?? REGRESSION_DEFAULTS.warmupMs,
    confidence,
  });
  const threshold = options.threshold === undefined ? undefined : fractionOf('threshold', options.threshold);
  const [measured] = (await measureTargets([target], effort)) as [Measured];
  const now = documentOf(measured, measured.probe, options.profile);
  const key = probeKey(measured.probe);
  const own = baseline.run.measurements.filter(({ probe }) => probeKey(probe) === key);
  const comparison = compareRuns({ ...baseline.run, measurements: own }, now, {
    confidence: effort.confidence,
    thresholdOf: (probe) => threshold ?? settings.thresholdOf(probe),
    labels: { a: 'the baseline', b: 'this test' },
  });
  const { comparisons, incomparable } = comparison;
  const rows = comparisons.filter(({ metric }) => options.metrics?.includes(metric) ?? true);
  refuseMissing(comparisons, incomparable, options.metrics);
  const state = stateOf(rows, effort.confidence);
  const sameMachine = comparison.variants.a.environment === comparison.variants.b.environment;
  const text = regressionText({ rows, incomparable, state, target, baseline: baseline.label, sameMachine });
  return { state, compared: rows, explanation: text };
}

function stateOf(rows: readonly Compared[], asked: number): OutcomeState {
  if (rows.some(({ verdict }) => verdict === 'regressed')) return 'shown';
  return rows.every((row) => isClear(row, asked)) ? 'refuted' : 'undecided';
}

/** Whether a metric is shown not to have become worse, be it equal or better. */
function isClear(row: Compared, asked: number): boolean {
  return attains(row, asked) && worsening(row).high <= 1 + row.threshold;
}

/** A metric that was asked for and has no ratio is never taken for one that is fine. */
function refuseMissing(
  comparisons: readonly Compared[],
  incomparable: readonly Incomparable[],
  metrics: readonly string[] | undefined,
): void {
  const names = comparisons.map(({ metric }) => metric);
  const missing = metrics?.find((metric) => !names.includes(metric));
  if (missing === undefined && names.length > 0) return;
  const reason = incomparable.find(({ metric }) => metric === undefined || metric === missing)?.reason ?? '';
  const what = missing === undefined ? 'anything' : `"${missing}"`;
  throw new ExpectError(
    'expect/no-comparison',
    `There is no comparison of ${what} with the baseline. ${reason}`.trim(),
    {
      seen: missing,
      remedy: `Judged metrics that both have: ${names.join(', ') || 'none'}.`,
    },
  );
}
