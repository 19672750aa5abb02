import { performance } from 'node:perf_hooks';
import type { Floor } from '../growth/floors.js';
import { type GrowthVerdict, judgeGrowth } from '../growth/judge-growth.js';
import type { HeldLog } from '../held/held-log.js';
import { type HeldResource, heldResources } from '../held/read-held.js';
import type { Limits, Subject } from '../subject/subject.js';

/** What to run. */
export interface BlockPlan extends Limits {
  readonly iterations: number;
  /** Called after each block with its number from 1. */
  readonly onBlock?: (block: number) => void;
}

export type Floors = Readonly<Record<HeldResource, Floor>>;

/** By resource, without those that could not be read. */
export type Verdicts = ReadonlyMap<HeldResource, GrowthVerdict>;

/**
 * Runs blocks of iterations and reads what is held after each, everything collected that can be, until the log has so
 * many blocks or the time is up.
 *
 * @param log - Gets the readings; where it is empty, the one before the first block as well.
 * @throws whatever the function throws; the signal's reason once it is aborted.
 */
export async function runBlocks(
  subject: Subject,
  log: HeldLog,
  blocks: number,
  plan: BlockPlan,
): Promise<void> {
  if (log.length === 0) log.add(0, await subject.settle());
  let done = log.iterations().at(-1) as number;
  while (log.length <= blocks && performance.now() < plan.untilMs) {
    done += await subject.iterate(plan.iterations, plan);
    log.add(done, await subject.settle());
    plan.onBlock?.(log.length - 1);
  }
}

/** What the readings say of each resource. Cost: see `judgeGrowth`. */
export function judgeLog(log: HeldLog, floors: Floors): Verdicts {
  const iterations = log.iterations();
  const verdicts = new Map<HeldResource, GrowthVerdict>();
  for (const resource of heldResources) {
    const readings = log.readings(resource);
    if (readings.length > 0) verdicts.set(resource, judgeGrowth(iterations, readings, floors[resource]));
  }
  return verdicts;
}
