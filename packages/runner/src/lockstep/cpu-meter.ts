/** Less than this without the CPU does not move a batch [ns], nor does less than this share of it. */
const LEAST_NS = 10_000;
const LEAST_SHARE = 0.01;

/**
 * Sees whether something else ran on this process's CPU for a while: the operating system took the CPU away, and time
 * went by that no thread of this process used. Threads of V8 itself, such as the collector's, belong to the work; and
 * so does time in which the work waits of its own accord.
 */
export function cpuMeter(): { preempted(elapsedNs: number): boolean } {
  const before = process.resourceUsage();
  return {
    preempted(elapsedNs) {
      const after = process.resourceUsage();
      if (after.involuntaryContextSwitches === before.involuntaryContextSwitches) return false;
      const used = after.userCPUTime - before.userCPUTime + after.systemCPUTime - before.systemCPUTime;
      return elapsedNs - used * 1000 > Math.max(LEAST_NS, LEAST_SHARE * elapsedNs);
    },
  };
}
