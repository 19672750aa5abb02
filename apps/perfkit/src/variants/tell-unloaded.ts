import type { Run } from '@perf/schema';
import type { Preparing } from './prepared.js';

/** Says why perf files of a variant were not measured: a comparison knows of them only that a side lacks their probes. */
export function tellUnloaded({ measurements }: Run, label: string, { say }: Pick<Preparing, 'say'>): void {
  for (const { probe, error } of measurements.filter((each) => each.probe.kind === 'file'))
    say(`${probe.suite} cannot be loaded in ${label}: ${error?.message ?? 'no reason is known'}`);
}
