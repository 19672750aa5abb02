import type { ProbeId } from '@perf/schema';
import type { Config } from './config.js';

/** Change that counts as equal where nothing is said: below it, few people act, and few machines can tell. */
export const DEFAULT_THRESHOLD = 0.05;

/** The threshold of a probe as a fraction: its own, else its suite's, else the configuration's, else 5 %. */
export function thresholdOf(config: Config, probe: ProbeId): number {
  const service = config.services?.[probe.suite];
  return (
    service?.probes?.[probe.name]?.threshold ?? service?.threshold ?? config.threshold ?? DEFAULT_THRESHOLD
  );
}
