import type { Source } from '../source.js';
import { read, unavailable } from '../source.js';

/**
 * CPU time of this process over all its threads [ns], its share of one core, and how often the kernel switched it out.
 *
 * A share above 1 means that more than one thread was busy, such as the compiler or the collector.
 * Source: getrusage(2) through `process.resourceUsage`, resolution 1 µs.
 */
export const cpu: Source = () => {
  const before = process.resourceUsage();
  const startedAt = process.hrtime.bigint();
  return () => {
    const elapsed = Number(process.hrtime.bigint() - startedAt);
    const after = process.resourceUsage();
    const user = (after.userCPUTime - before.userCPUTime) * 1000;
    const system = (after.systemCPUTime - before.systemCPUTime) * 1000;
    const switches = (involuntary: boolean) => {
      if (process.platform === 'win32')
        return unavailable('Windows does not count context switches', 'count');
      return involuntary
        ? read(after.involuntaryContextSwitches - before.involuntaryContextSwitches, 'count')
        : read(after.voluntaryContextSwitches - before.voluntaryContextSwitches, 'count');
    };
    return {
      cpuUser: read(user, 'ns'),
      cpuSystem: read(system, 'ns'),
      cpuShare: read((user + system) / elapsed, 'ratio'),
      contextSwitchesVoluntary: switches(false),
      contextSwitchesInvoluntary: switches(true),
    };
  };
};
