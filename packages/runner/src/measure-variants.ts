import { randomUUID } from 'node:crypto';
import { probeKey } from '@perf/schema';
import { type ChosenProbe, chooseProbes } from './choose-probes.js';
import { listProbes } from './list-probes.js';
import { LEAST_PAIRS, measureInPairs, type PairedProbe } from './lockstep/measure-in-pairs.js';
import { measureOnce } from './measure-once.js';
import type { Effort, MeasurePlan, Variant } from './plan.js';
import { startReaper } from './reaper/reaper.js';
import type { RunEvent } from './run-event.js';
import { shuffled } from './shuffle.js';

interface Job extends ChosenProbe {
  readonly effort: Effort;
}

/**
 * Measures every probe of every variant in fresh processes, one at a time.
 *
 * Processes are interleaved: each round runs every probe of every variant once that has processes left, so that a slow minute of the machine
 * falls on all of them alike. The first round goes through the files as they are written, so that results appear in
 * reading order; each later one has an order of its own, drawn from the seed. A perf file that cannot be loaded gives one
 * failed measurement of kind `file`. Aborting the signal ends the process that runs, and then the run.
 *
 * @throws {RunnerError} `runner/only` where the plan forbids what a file marks, before anything is measured.
 */
export async function* measureVariants(plan: MeasurePlan): AsyncGenerator<RunEvent, void, void> {
  const marker = randomUUID();
  const reaper = startReaper(marker);
  const { signal } = plan;
  try {
    const listed: ChosenProbe[] = [];
    for (const [index, variant] of plan.variants.entries()) {
      const { probes, broken } = await listProbes(variant, { ...plan, marker, reaper });
      for (const measurement of broken) yield { type: 'measured', variant: index, measurement };
      listed.push(...probes.map((planned) => ({ variant: index, planned })));
    }
    const { chosen, skipped } = chooseProbes(listed, plan);
    const probes = new Set(chosen.map(({ planned }) => probeKey(planned.probe))).size;
    const { pairs, alone } = splitForTurns(chosen, plan);
    const jobs = alone.map((one): Job => ({ ...one, effort: plan.effortOf(one.planned.probe) }));
    const inPairs = pairs.length * 2 * LEAST_PAIRS;
    const total = jobs.reduce((sum, { effort }) => sum + effort.processes, inPairs);
    yield { type: 'planned', probes, total, skipped };
    const { inTurns } = plan;
    if (inTurns !== undefined && inTurns.pairing.method !== 'processes') {
      const { pairing, nextStep } = inTurns;
      yield* measureInPairs(pairs, { plan, pairing, nextStep, marker, reaper });
    }
    const rounds = Math.max(0, ...jobs.map(({ effort }) => effort.processes));
    for (let round = 0; round < rounds; round += 1) {
      const due = jobs.filter(({ effort }) => round < effort.processes);
      const order = round === 0 ? sideBySide(due) : shuffled(due, plan.seed + round);
      for (const { variant, planned, effort } of order) {
        if (signal.aborted) return;
        yield { type: 'starting', variant, probe: planned.probe, process: round };
        const measurement = await measureOnce(planned, round, {
          ...plan,
          budget: effort.budget,
          variant: plan.variants[variant] as Variant,
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

/** The probes that both variants have and that can run in turns, and the rest. */
function splitForTurns(
  chosen: readonly ChosenProbe[],
  plan: MeasurePlan,
): { pairs: PairedProbe[]; alone: readonly ChosenProbe[] } {
  if (plan.inTurns === undefined || plan.inTurns.pairing.method === 'processes')
    return { pairs: [], alone: chosen };
  const turnable = ({ planned }: ChosenProbe) => planned.live === true && planned.fails !== true;
  const first = new Map(
    chosen
      .filter((one) => one.variant === 0 && turnable(one))
      .map(({ planned }) => [probeKey(planned.probe), planned]),
  );
  const pairs = chosen.flatMap((one) => {
    const a = first.get(probeKey(one.planned.probe));
    if (one.variant !== 1 || a === undefined || !turnable(one)) return [];
    return [{ planned: { a, b: one.planned }, budget: plan.effortOf(one.planned.probe).budget }];
  });
  const paired = new Set(pairs.map(({ planned }) => probeKey(planned.b.probe)));
  return { pairs, alone: chosen.filter(({ planned }) => !paired.has(probeKey(planned.probe))) };
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
