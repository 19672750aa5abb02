import { randomUUID } from 'node:crypto';
import { type Measurement, type ProbeId, probeKey } from '@perf/schema';
import { listProbes } from './list-probes.js';
import { measureOnce } from './measure-once.js';
import type { Effort, MeasurePlan } from './plan.js';
import type { PlannedProbe } from './protocol.js';
import { startReaper } from './reaper/reaper.js';
import { shuffled } from './shuffle.js';

interface Job {
  readonly variant: number;
  readonly planned: PlannedProbe;
  readonly effort: Effort;
}

/** What happens in a run, in order. Every probe's process gives one `measured`, whatever became of it. */
export type RunEvent =
  | { readonly type: 'planned'; readonly probes: number; readonly total: number }
  | { readonly type: 'starting'; readonly variant: number; readonly probe: ProbeId; readonly process: number }
  | { readonly type: 'measured'; readonly variant: number; readonly measurement: Measurement };

/**
 * Measures every probe of every variant in fresh processes, one at a time.
 *
 * Processes are interleaved: each round runs every probe of every variant once that has processes left, so that a slow minute of the machine
 * falls on all of them alike. The first round goes through the files as they are written, so that results appear in
 * reading order; each later one has an order of its own, drawn from the seed. A perf file that cannot be loaded gives one
 * failed measurement of kind `file`. Aborting the signal ends the process that runs, and then the run.
 */
export async function* measureVariants(plan: MeasurePlan): AsyncGenerator<RunEvent, void, void> {
  const marker = randomUUID();
  const reaper = startReaper(marker);
  const { signal } = plan;
  try {
    const jobs: Job[] = [];
    for (const [index, variant] of plan.variants.entries()) {
      const { probes, broken } = await listProbes(variant, { ...plan, marker, reaper });
      for (const measurement of broken) yield { type: 'measured', variant: index, measurement };
      for (const planned of probes) {
        if (plan.select?.(planned.probe) ?? true) {
          jobs.push({ variant: index, planned, effort: plan.effortOf(planned.probe) });
        }
      }
    }
    const probes = new Set(jobs.map(({ planned }) => probeKey(planned.probe))).size;
    yield { type: 'planned', probes, total: jobs.reduce((sum, { effort }) => sum + effort.processes, 0) };
    const rounds = Math.max(0, ...jobs.map(({ effort }) => effort.processes));
    for (let round = 0; round < rounds; round += 1) {
      const due = jobs.filter(({ effort }) => round < effort.processes);
      const order = round === 0 ? sideBySide(due) : shuffled(due, plan.seed + round);
      for (const { variant, planned, effort } of order) {
        if (signal.aborted) return;
        yield { type: 'starting', variant, probe: planned.probe, process: round };
        const root = plan.variants[variant]?.root ?? '';
        const measurement = await measureOnce(planned, round, {
          ...plan,
          budget: effort.budget,
          root,
          marker,
          reaper,
        });
        if (measurement !== undefined) yield { type: 'measured', variant, measurement };
      }
    }
  } finally {
    reaper.dismiss();
  }
}

/** Each probe of the first variant, followed by the same probe of the others. */
function sideBySide(jobs: readonly Job[]): Job[] {
  const rank = new Map<string, number>();
  for (const { planned } of jobs) {
    const key = probeKey(planned.probe);
    if (!rank.has(key)) rank.set(key, rank.size);
  }
  const rankOf = ({ planned }: Job) => rank.get(probeKey(planned.probe)) ?? 0;
  return jobs.toSorted((a, b) => rankOf(a) - rankOf(b) || a.variant - b.variant);
}
