import { randomUUID } from 'node:crypto';
import { type InstructionCount, type ProbeId, probeKey } from '@perf/schema';
import { listProbes } from '../list-probes.js';
import type { MeasurePlan } from '../plan.js';
import { startReaper } from '../reaper/reaper.js';
import { type Counting, countProbe, sizeCount } from './count-probe.js';
import type { InstructionCounter } from './counter.js';
import type { CountSize } from './perform-rounds.js';

/** The instructions of a probe of one variant, or why they were not counted. */
export interface CountedProbe {
  /** Place of the variant in the plan. */
  readonly variant: number;
  readonly probe: ProbeId;
  readonly count: InstructionCount | { readonly unavailable: string };
}

type CountPlan = Pick<MeasurePlan, 'variants' | 'seed' | 'signal' | 'loading'> & {
  readonly counter: InstructionCounter;
  /** Only probes for which it is true are counted. */
  readonly select: (probe: ProbeId) => boolean;
};

/**
 * Counts the instructions of probes, each in processes of its own in which nothing is measured. What else the machine
 * does makes them no more and no less.
 *
 * All variants run the same number of rounds. Aborting the signal ends the process that runs, and then the rest.
 *
 * Cost: for each probe and variant a process under callgrind, of some 10 s; with perf three that are not slowed down.
 */
export async function* countInstructions(plan: CountPlan): AsyncGenerator<CountedProbe, void, void> {
  const marker = randomUUID();
  const reaper = startReaper(marker);
  try {
    const sizes = new Map<string, CountSize>();
    for (const [index, variant] of plan.variants.entries()) {
      const { probes } = await listProbes(variant, { ...plan, marker, reaper });
      for (const planned of probes.filter(({ probe }) => plan.select(probe))) {
        const counting: Counting = { ...plan, planned, variant, marker, reaper };
        const key = probeKey(planned.probe);
        const size = sizes.get(key) ?? (await sizeCount(counting));
        if ('rounds' in size) sizes.set(key, size);
        const count = 'rounds' in size ? await countProbe(counting, size) : size;
        if (plan.signal.aborted) return;
        yield { variant: index, probe: planned.probe, count };
      }
    }
  } finally {
    reaper.dismiss();
  }
}
