import { procFile } from './proc-file.js';

/** Length of the kernel's accounting tick [ns]: USER_HZ is 100 on every Linux that Node.js supports. */
const TICK_NS = 1e7;

/**
 * Time stolen by the hypervisor since boot and all time accounted since boot, over all cores [ns].
 *
 * Source: the `cpu` line of /proc/stat, see proc_stat(5); guest time is part of user time and not added again.
 */
export function stolenTime(): { stolenNs: number; totalNs: number } | undefined {
  const line = procFile('/proc/stat')?.split('\n')[0];
  if (line === undefined || !line.startsWith('cpu ')) return undefined;
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const stolen = ticks[7];
  if (stolen === undefined) return undefined;
  return { stolenNs: stolen * TICK_NS, totalNs: ticks.reduce((sum, value) => sum + value, 0) * TICK_NS };
}
