import type { ProbeId } from '@perf/schema';
import type { Config } from './config.js';

/** Change that counts as equal where nothing is said: below it, few people act, and few machines can tell. */
const DEFAULT_THRESHOLD = 0.05;

/**
 * The threshold of a metric of a probe as a fraction: that of the probe, else of its suite, else of the configuration, in
 * each of them that of the metric before that of all; else 5 %.
 *
 * @param probe - Absent: of numbers that are of no probe.
 */
export function thresholdOf(config: Config, probe: ProbeId | undefined, metric: string): number {
  const service = probe === undefined ? undefined : config.services?.[probe.suite];
  const own = probe === undefined ? undefined : service?.probes?.[probe.name];
  for (const settings of [own, service, config]) {
    const found = settings?.thresholds?.[metric] ?? settings?.threshold;
    if (found !== undefined) return found;
  }
  return DEFAULT_THRESHOLD;
}
