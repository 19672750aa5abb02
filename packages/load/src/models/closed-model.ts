import { performance } from 'node:perf_hooks';
import { setImmediate as loopTurn } from 'node:timers/promises';
import { isThenable } from '@perf/schema/core';
import { errorKind } from '../recording/error-kind.js';
import type { ConcurrencyStage } from '../shapes/load-shape.js';
import { type StageEnd, type StageRun, settled } from './model.js';

/** The event loop turns at least this often [ms], also under functions that never wait. */
const TURN_MS = 5;
/** How often a ramp is moved on [ms]. */
const RAMP_MS = 10;

/** One of the calls in flight: a user who starts the next as soon as the last ended. */
interface Slot {
  active: boolean;
}

/**
 * Runs a stage in the closed model: so many calls in flight, each followed at once by the next.
 *
 * Every operation that starts in the stage belongs to it; those in flight when the time is up are waited for, and
 * count as `unfinished` after `drainMs`. One reading of the clock per operation: the end of one is the start of the
 * next. For the throughput an operation that ends after the stage counts by the part of its time within it, so that
 * long operations in a short stage are neither lost nor counted whole.
 *
 * @throws the signal's reason once it is aborted; what is in flight is left alone then.
 */
export async function runClosed(plan: ConcurrencyStage, run: StageRun): Promise<StageEnd> {
  const { stage, signal } = run;
  const from = performance.now();
  const to = from + plan.seconds * 1000;
  const slots: Slot[] = [];
  const ends: Promise<void>[] = [];
  let wanted = 0;
  let turned = from;
  let worked = 0;

  const use = async (slot: Slot, index: number): Promise<void> => {
    let start = performance.now();
    while (index < wanted && start < to && !signal.aborted) {
      let kind: string | undefined;
      try {
        const result = run.call();
        if (isThenable(result)) await result;
      } catch (error) {
        kind = errorKind(error);
      }
      const end = performance.now();
      if (kind === undefined) {
        stage.succeeded(end - start);
        worked += end <= to ? 1 : (to - start) / (end - start);
      } else stage.failed(kind);
      start = end;
      if (end - turned > TURN_MS) {
        // Waiting for the others' turn is part of the next operation: its user was ready when the last one ended.
        await loopTurn();
        turned = performance.now();
      }
    }
    slot.active = false;
    stage.inFlight -= 1;
  };
  const moveTo = (concurrency: number) => {
    wanted = concurrency;
    for (let index = 0; index < wanted; index += 1) {
      if (slots[index]?.active) continue;
      const slot: Slot = { active: true };
      slots[index] = slot;
      stage.inFlight += 1;
      ends.push(use(slot, index));
    }
  };

  moveTo(plan.concurrency);
  if (plan.rampTo !== undefined) await climb(plan, plan.rampTo, { from, to, signal, moveTo });
  await settled(Promise.all(ends), to - performance.now() + run.drainMs, signal);
  signal.throwIfAborted();
  stage.gaveUp('unfinished', stage.inFlight);
  return { from, to, throughput: worked / plan.seconds, capped: false, behind: false };
}

interface Climb {
  readonly from: number;
  readonly to: number;
  readonly signal: AbortSignal;
  readonly moveTo: (concurrency: number) => void;
}

async function climb(
  { concurrency }: ConcurrencyStage,
  rampTo: number,
  { from, to, signal, moveTo }: Climb,
): Promise<void> {
  const never = new Promise<void>(() => undefined);
  for (let now = from; now < to; now = performance.now()) {
    moveTo(Math.round(concurrency + ((rampTo - concurrency) * (now - from)) / (to - from)));
    await settled(never, Math.min(RAMP_MS, to - now), signal);
  }
}
