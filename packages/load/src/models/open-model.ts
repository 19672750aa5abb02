import { performance } from 'node:perf_hooks';
import { setImmediate as loopTurn, setTimeout as sleep } from 'node:timers/promises';
import { isThenable } from '@perf/schema/core';
import { errorKind } from '../recording/error-kind.js';
import type { ArrivalStage } from '../shapes/load-shape.js';
import { ArrivalBalance } from './arrival-balance.js';
import type { StageEnd, StageRun } from './model.js';

/** Timers fire up to so much late [ms]: nearer to an arrival than this, the loop turns with naps instead. */
const TIMER_SLACK_MS = 2;
/**
 * Longest nap between two turns [ms]: so much later an answer may be read. Without naps the generator would take a whole
 * core, and on a busy machine be made to wait for it when an arrival is due.
 */
const NAP_MS = 0.1;
/** Nobody writes to it: waiting for it is the one sleep below a millisecond that Node.js has. */
const nobody: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4));
/** Starts in a row before the event loop turns [ms], also when functions never wait. */
const TURN_MS = 5;
/** How often an arrival that waits for a free place, or the end, looks again [ms]. */
const LOOK_MS = 1;
/** Longest sleep [ms], so that an abort is seen soon. */
const LONGEST_SLEEP_MS = 50;

/**
 * Runs a stage in the open model: arrival i is due at `from + i / rate`, and its response time counts from then,
 * however late the generator or a full house let it start. So a target that stalls is charged for everyone who came
 * meanwhile (no coordinated omission).
 *
 * Being late does not move what is due later: nothing drifts. Between arrivals less than 2 ms apart the event loop is
 * turned with naps of 0.1 ms at most, which takes a good part of a core. When the time is up, what is in flight is waited
 * for and what is overdue started for `drainMs` more; the rest counts as `unfinished` and `not started`.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function runOpen(plan: ArrivalStage, run: StageRun): Promise<StageEnd> {
  const { stage, signal, maxInFlight } = run;
  const gap = 1000 / plan.rate;
  const count = Math.max(1, Math.round(plan.rate * plan.seconds));
  const from = performance.now();
  const to = from + count * gap;
  const giveUpAt = to + run.drainMs;
  const balance = new ArrivalBalance(count, to - from);
  let next = 0;
  let capped = false;
  /** When a place became free after there was none [ms]: until then no arrival could start. */
  let freeAt = from;

  const start = async (due: number): Promise<void> => {
    const began = performance.now();
    stage.started(began - due, began - Math.max(due, freeAt));
    stage.inFlight += 1;
    let kind: string | undefined;
    try {
      const result = run.call();
      if (isThenable(result)) await result;
    } catch (error) {
      kind = errorKind(error);
    }
    const ended = performance.now();
    if (kind === undefined) stage.succeeded(ended - due, ended - began);
    else stage.failed(kind);
    balance.ended(due - from, ended - from, kind === undefined);
    if (stage.inFlight === maxInFlight) freeAt = ended;
    stage.inFlight -= 1;
  };

  while (next < count || stage.inFlight > 0) {
    signal.throwIfAborted();
    const now = performance.now();
    if (now >= giveUpAt) break;
    for (let at = now; next < count && stage.inFlight < maxInFlight; at = performance.now()) {
      const due = from + next * gap;
      if (due > at || at - now > TURN_MS) break;
      void start(due);
      next += 1;
    }
    if (next >= count) await sleep(LOOK_MS);
    else if (stage.inFlight >= maxInFlight) {
      capped = true;
      await sleep(LOOK_MS);
    } else await untilNear(from + next * gap);
  }
  stage.gaveUp('unfinished', stage.inFlight);
  stage.gaveUp('not started', count - next);
  return { from, to, throughput: balance.throughput, capped, behind: balance.behind };
}

async function untilNear(due: number): Promise<void> {
  const wait = due - performance.now();
  if (wait > TIMER_SLACK_MS) {
    await sleep(Math.min(LONGEST_SLEEP_MS, Math.floor(wait - TIMER_SLACK_MS + 1)));
    return;
  }
  if (wait > 0) Atomics.wait(nobody, 0, 0, Math.min(wait, NAP_MS));
  await loopTurn();
}
