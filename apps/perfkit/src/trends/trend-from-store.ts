import type { ProbeId, Trend, TrendSeries } from '@perf/schema';
import { nextAlerts, type TrackedAlert, trendOf } from '@perf/stats';
import type { PointFilter, PointSeries, Store } from '@perf/store';
import type { Config } from '../config/config.js';
import { FormerNames } from '../config/former-names.js';
import { thresholdOf } from '../config/threshold.js';
import { seriesInput } from './series-inputs.js';

/** Runs that a trend looks back on: more say little about today. */
export const RUNS_BACK = 300;
const DEFAULT_CONFIDENCE = 0.95;

/** A trend with its alerts as they are stored. */
export interface StoredTrend extends Trend {
  alerts: TrackedAlert[];
}

/** Which part of a history to look at. */
export interface TrendOptions {
  /** '' for runs outside a repository; all branches if left out. */
  readonly branch?: string;
  /** An environment's key; all if left out. */
  readonly environment?: string;
  readonly metric?: string;
  /** Default: every probe. */
  readonly select?: (probe: ProbeId) => boolean;
  /** Runs to look back on. Default 300. */
  readonly last?: number;
  readonly seed?: number;
  /** As of `changePoints`. */
  readonly leastChange?: number;
  /** Only series with a run since then, and alerts that moved since then; epoch [ms]. What came before is judged too. */
  readonly since?: number;
  /** Time of this look, ISO 8601, UTC. */
  readonly at: string;
  /**
   * Whether alerts that open, are confirmed or resolved by this look are stored. Default true; say false for a store
   * opened for reading and for a look through other `last`, `seed` or `leastChange` than usual, which must not move an
   * alert.
   */
  readonly record?: boolean;
}

/**
 * How the judged metrics of a history developed, with the alerts on them. Thresholds and the confidence of all
 * intervals are the configuration's, so that every look judges alerts alike.
 *
 * The judging of alerts and their storing are one step for other processes.
 *
 * @returns A trend document: one series per probe, metric, environment and branch, one value per run; alerts of these
 * series in every state, the first one first.
 * @throws {StoreError} as the store says.
 *
 * Cost: O(points) to read, then that of `trendOf`: some seconds for 1,000 runs of 30 probes.
 */
export function trendFromStore(store: Store, config: Config, options: TrendOptions): StoredTrend {
  const { branch, environment, metric, select = () => true, last = RUNS_BACK, at, record = true } = options;
  const { since = Number.NEGATIVE_INFINITY } = options;
  const { confidence = DEFAULT_CONFIDENCE } = config;
  const filter: PointFilter = {
    ...(branch !== undefined && { branch }),
    ...(environment !== undefined && { environment }),
    ...(metric !== undefined && { metric }),
  };
  const names = new FormerNames(config);
  const inputs = underTodaysNames(store.points(filter), names)
    .filter(({ probe }) => select(probe))
    .map((stored) => seriesInput(stored, last, confidence))
    .filter(({ points = [] }) => points.some(({ startedAt }) => Date.parse(startedAt) >= since));
  const { seed, leastChange } = options;
  const trend = trendOf(inputs, {
    confidence,
    ...(seed !== undefined && { seed }),
    ...(leastChange !== undefined && { leastChange }),
  });
  const judge = (known: readonly TrackedAlert[]) =>
    nextAlerts(
      trend.series,
      known.map((alert) => alertUnderTodaysNames(alert, names)),
      {
        at,
        thresholdOf: ({ probe, metric = '' }) => thresholdOf(config, probe, metric),
      },
    );
  // Nothing to do needs no lock, and most looks change nothing.
  const known = store.alerts<TrackedAlert>();
  const judged = record ? judge(known) : known;
  const changed = judged.some((alert, i) => JSON.stringify(alert) !== JSON.stringify(known[i]));
  const alerts = changed ? store.reviseAlerts<TrackedAlert>(judge) : judged;
  const shown = new Set(trend.series.map(placeOf));
  return {
    ...trend,
    alerts: alerts.filter(
      ({ series: keys, branch: of, changedAt }) =>
        Date.parse(changedAt) >= since && keys.some((key) => shown.has(placeOf({ key, branch: of }))),
    ),
  };
}

/** Series with those of their probes' former names before them. */
function underTodaysNames(stored: readonly PointSeries[], names: FormerNames): PointSeries[] {
  if (names.none) return [...stored];
  const today = new Map<string, PointSeries>();
  for (const series of stored) {
    const key = names.key(series.key);
    const place = placeOf({ key, branch: series.branch });
    const before = today.get(place)?.points ?? [];
    const points = [...before, ...series.points].sort(
      (a, b) => a.order - b.order || (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0),
    );
    today.set(place, { ...series, key, probe: names.probe(series.probe), points });
  }
  return [...today.values()];
}

function alertUnderTodaysNames(alert: TrackedAlert, names: FormerNames): TrackedAlert {
  if (names.none) return alert;
  const series = alert.series.map((key) => names.key(key));
  // Alerts of older versions have no movements.
  const { movements } = alert as Partial<TrackedAlert>;
  if (movements === undefined) return { ...alert, series };
  return { ...alert, series, movements: movements.map((one) => ({ ...one, series: names.key(one.series) })) };
}

/** Series of two branches share their key. */
export function placeOf({ key, branch }: Pick<TrendSeries, 'key' | 'branch'>): string {
  return JSON.stringify([key, branch ?? '']);
}
