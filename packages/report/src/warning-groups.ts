import { type Measurement, probeKey } from '@perf/schema';
import { visible } from './visible.js';
import { counted } from './words/counted.js';

/** One warning, however many measurements it came from. */
export interface WarningGroup {
  readonly code: string;
  /** Neutralised, on one line. */
  readonly message: string;
  /** Such as `3 processes of 2 probes`. */
  readonly concerns: string;
}

/** The warnings of measurements, each distinct one once, most frequent first. Cost: O(warnings). */
export function warningGroups(measurements: readonly Measurement[]): WarningGroup[] {
  const groups = new Map<string, { code: string; message: string; processes: number; probes: Set<string> }>();
  for (const { probe, warnings } of measurements) {
    for (const { code, message } of warnings) {
      const key = JSON.stringify([code, message]);
      const group = groups.get(key) ?? { code, message, processes: 0, probes: new Set<string>() };
      group.processes += 1;
      group.probes.add(probeKey(probe));
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .sort((a, b) => b.processes - a.processes)
    .map(({ code, message, processes, probes }) => ({
      code: visible(code),
      message: visible(message),
      concerns: `${counted(processes, 'process')} of ${counted(probes.size, 'probe')}`,
    }));
}
