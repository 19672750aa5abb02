import { performance } from 'node:perf_hooks';
import type { LeakFinding } from '@perf/schema';
import type { Floor } from '../growth/floors.js';
import { type GrowthVerdict, judgeGrowth } from '../growth/judge-growth.js';
import { HeldLog } from '../held/held-log.js';
import { type HeldResource, heldResources } from '../held/read-held.js';
import { settle } from '../held/settle.js';
import { iterate } from './iterate.js';

/** Blocks to begin with, and at most: a doubt after the first is looked into with as many again. */
const BLOCKS = 12;
/** At most, see `BLOCKS`. */
export const MOST_BLOCKS: number = 2 * BLOCKS;

/** What to run. */
export interface BlockPlan {
  readonly iterations: number;
  /** Exactly so many, in place of 12 and 24. */
  readonly blocks?: number | undefined;
  readonly warmupBlocks: number;
  readonly floors: Readonly<Record<HeldResource, Floor>>;
  /** Begins no block after this time of `performance.now()`, nor an iteration. */
  readonly untilMs: number;
  readonly signal: AbortSignal;
  /** Called after each block with its number from 1. */
  readonly onBlock?: (block: number) => void;
}

/** Readings between blocks, and what they say. */
export interface Blocks {
  readonly log: HeldLog;
  /** By resource, without those that could not be read. */
  readonly verdicts: ReadonlyMap<HeldResource, GrowthVerdict>;
  /** Whether all blocks were run before the time was up. */
  readonly complete: boolean;
}

/**
 * Runs blocks of iterations and reads what is held after each, everything collected that can be.
 *
 * Ends after 12 blocks where each resource is clear and none leaks: a suspicion needs 24.
 *
 * @throws whatever the function throws; the signal's reason once it is aborted.
 */
export async function runBlocks(call: () => unknown, plan: BlockPlan): Promise<Blocks> {
  const most = plan.blocks ?? MOST_BLOCKS;
  const log = new HeldLog(most + 1);
  for (let block = 0; block < plan.warmupBlocks && performance.now() < plan.untilMs; block += 1) {
    await iterate(call, plan.iterations, plan);
    await settle();
  }
  log.add(0, await settle());
  let done = 0;
  let verdicts = judgeAll(log, plan.floors);
  while (log.length <= most && performance.now() < plan.untilMs) {
    done += await iterate(call, plan.iterations, plan);
    log.add(done, await settle());
    plan.onBlock?.(log.length - 1);
    if (plan.blocks === undefined && log.length === BLOCKS + 1) {
      verdicts = judgeAll(log, plan.floors);
      if (![...verdicts.values()].some(isDoubtful)) return { log, verdicts, complete: true };
    }
  }
  verdicts = judgeAll(log, plan.floors);
  return { log, verdicts, complete: log.length > most };
}

function isDoubtful({ verdict }: { verdict: LeakFinding['verdict'] }): boolean {
  return verdict === 'leaking' || verdict === 'undecided';
}

function judgeAll(
  log: HeldLog,
  floors: Readonly<Record<HeldResource, Floor>>,
): Map<HeldResource, GrowthVerdict> {
  const iterations = log.iterations();
  const verdicts = new Map<HeldResource, GrowthVerdict>();
  for (const resource of heldResources) {
    const readings = log.readings(resource);
    if (readings.length > 0) verdicts.set(resource, judgeGrowth(iterations, readings, floors[resource]));
  }
  return verdicts;
}
