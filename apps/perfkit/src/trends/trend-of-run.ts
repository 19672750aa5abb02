import { describeError, type Run, type Trend } from '@perf/schema';
import { probeKey } from '@perf/schema/core';
import type { Store } from '@perf/store';
import type { Config } from '../config/config.js';
import { log } from '../terminal/streams.js';
import { trendFromStore } from './trend-from-store.js';

/**
 * How the probes of a stored run developed up to now on its branch and in its environment; alerts are judged by it.
 *
 * @param record - Whether alerts that it changes are stored; false for a store opened for reading. Default true.
 * @returns `undefined` where no probe has a past: one run is no trend. And where the history cannot be read or written
 * just now, which is said on stderr: the run itself is worth more.
 */
export function trendOfRun(store: Store, config: Config, run: Run, record = true): Trend | undefined {
  const measured = new Set(run.measurements.map(({ probe }) => probeKey(probe)));
  try {
    const trend = trendFromStore(store, config, {
      branch: run.source.branch ?? '',
      environment: run.environment.key,
      select: (probe) => measured.has(probeKey(probe)),
      at: new Date().toISOString(),
      record,
    });
    return trend.series.some(({ points = [] }) => points.length > 1) ? trend : undefined;
  } catch (error) {
    log(`The report is without a trend: ${describeError(error)}`);
    return undefined;
  }
}
