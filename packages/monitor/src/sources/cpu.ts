import { performance } from 'node:perf_hooks';
import { counter, type Figure, gauge } from '../figure.js';
import type { Source } from '../source.js';

const NOT_ON_WINDOWS = 'Windows does not count context switches';

const figures: readonly Figure[] = [
  counter('cpuUser', 'ns'),
  counter('cpuSystem', 'ns'),
  gauge('cpuShare', 'ratio'),
  counter('contextSwitchesVoluntary', 'count', 'process', NOT_ON_WINDOWS),
  counter('contextSwitchesInvoluntary', 'count', 'process', NOT_ON_WINDOWS),
];

/**
 * CPU time of this process over all its threads [ns], its share of one core, and how often the kernel switched it out.
 *
 * A share above 1 means that more than one thread was busy, such as the compiler or the collector.
 * Source: getrusage(2) through `process.resourceUsage`, resolution 1 µs.
 */
export function cpu(): Source {
  const counted = process.platform === 'win32' ? Number.NaN : 0;
  let before = Number.NaN;
  let readAt = performance.now();
  return {
    figures,
    read(into, at) {
      const usage = process.resourceUsage();
      const now = performance.now();
      const used = usage.userCPUTime + usage.systemCPUTime;
      into[at] = usage.userCPUTime * 1000;
      into[at + 1] = usage.systemCPUTime * 1000;
      into[at + 2] = (used - before) / ((now - readAt) * 1000);
      into[at + 3] = usage.voluntaryContextSwitches + counted;
      into[at + 4] = usage.involuntaryContextSwitches + counted;
      before = used;
      readAt = now;
    },
    close: () => undefined,
  };
}
