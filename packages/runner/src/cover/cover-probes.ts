import { randomUUID } from 'node:crypto';
import { type ProbeId, probeKey } from '@perf/schema';
import { failureOfEnding } from '../failed-measurement.js';
import { listProbes } from '../list-probes.js';
import { withinTimers } from '../measure-once.js';
import type { MeasurePlan, Variant } from '../plan.js';
import { runTask } from '../probe-process.js';
import type { PlannedProbe } from '../protocol.js';
import { type Reaper, startReaper } from '../reaper/reaper.js';
import type { Coverage } from './coverage.js';
import { briefBudget } from './run-briefly.js';

/** What a probe of a variant executed, or why that is not known. */
export interface CoveredProbe {
  /** Place of the variant in the plan. */
  readonly variant: number;
  readonly probe: ProbeId;
  /** Absolute path of its perf file. */
  readonly file: string;
  readonly coverage: Coverage | { readonly unavailable: string };
}

type CoverPlan = Pick<MeasurePlan, 'variants' | 'deadlineMs' | 'seed' | 'signal' | 'loading'> & {
  /** Only probes for which it is true are run. */
  readonly select: (probe: ProbeId) => boolean;
};

/** V8 counts every block: code runs slower so, and starting takes longer [ms]. */
const COVERING_MS = 10_000;
/** The first processes of a run may look closer at the code, with profilers that end the counting. */
const LATE_PROCESS = 1_000;

/**
 * Runs probes once more, each in a fresh process that measures nothing, to see which code they execute: one probe after
 * the other, its variants at once where they can also take turns.
 *
 * Cost: for each probe and variant the start of a process, the loading of its file and about 0.1 s of rounds; loads and
 * leak hunts take the least that they can. Aborting the signal ends the process that runs, and then the rest.
 */
export async function* coverProbes(plan: CoverPlan): AsyncGenerator<CoveredProbe, void, void> {
  const marker = randomUUID();
  const reaper = startReaper(marker);
  try {
    const due = new Map<string, { variant: number; planned: PlannedProbe }[]>();
    for (const [variant, found] of plan.variants.entries()) {
      const { probes } = await listProbes(found, { ...plan, marker, reaper });
      for (const planned of probes.filter(({ probe }) => plan.select(probe))) {
        const key = probeKey(planned.probe);
        due.set(key, [...(due.get(key) ?? []), { variant, planned }]);
      }
    }
    for (const sides of due.values()) {
      const cover = async ({ variant, planned }: (typeof sides)[number]): Promise<CoveredProbe[]> => {
        // Each its own: what one of them leaves behind is killed while the other still runs.
        const run = { marker: `${marker}.${variant}`, reaper };
        const coverage = await coverOnce(planned, plan.variants[variant] as Variant, plan, run);
        const { probe, file } = planned;
        return coverage === undefined ? [] : [{ variant, probe, file, coverage }];
      };
      if (sides.every(({ planned }) => planned.live === true)) {
        for (const covered of await Promise.all(sides.map(cover))) yield* covered;
      } else {
        for (const side of sides) yield* await cover(side);
      }
    }
  } finally {
    reaper.dismiss();
  }
}

async function coverOnce(
  { file, plain, probe, deadlineMs: own }: PlannedProbe,
  variant: Variant,
  { deadlineMs: ofPlan, seed, signal, loading }: CoverPlan,
  run: { marker: string; reaper: Reaper },
): Promise<CoveredProbe['coverage'] | undefined> {
  const deadlineMs = withinTimers((own ?? ofPlan) + COVERING_MS);
  const context = {
    probe,
    processIndex: LATE_PROCESS,
    budget: briefBudget,
    seed,
    deadline: Date.now() + deadlineMs,
  };
  const ending = await runTask(
    { do: 'cover', file, context },
    { ...run, variant, loading, plain, deadlineMs, signal },
  );
  if (ending.how === 'interrupted') return undefined;
  if (ending.how === 'answered' && ending.answer.did === 'cover') return ending.answer.coverage;
  return { unavailable: failureOfEnding(ending, deadlineMs).error.message };
}
