import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { collectGarbage } from '@perf/monitor';
import { type Held, readHeld } from '../held/read-held.js';

/** Two collections in a row agree when the heap differs by less than this [bytes]: the settling itself moves some. */
const AGREEMENT_BYTES = 1024;
/** So many agreements in a row end it: finalisers run after one collection and free what the next one takes. */
const AGREEMENTS = 2;
/** A program that never rests, such as one with running intervals, is read after so many collections all the same. */
const MAX_ROUNDS = 12;
/** On a large heap collections are slow: after this time [ms] the fewest rounds must do. */
const PATIENCE_MS = 1000;
const MIN_ROUNDS = 3;

/**
 * Collects garbage and lets the event loop turn, until two collections in a row change neither heap nor handles.
 *
 * @param afterCollection - Does both once and reads what is held then; that of this process unless given.
 * @returns What is held in the end: see `readHeld`.
 *
 * Cost: 3 to 12 full collections and as many turns of the event loop of at least 1 ms.
 */
export async function settle(afterCollection: () => Promise<Held> = afterOwnCollection): Promise<Held> {
  const until = performance.now() + PATIENCE_MS;
  let held = await afterCollection();
  for (let round = 1, agreements = 0; round < MAX_ROUNDS && agreements < AGREEMENTS; round += 1) {
    if (round >= MIN_ROUNDS && performance.now() > until) break;
    const next = await afterCollection();
    const agrees = Math.abs(next.heap - held.heap) < AGREEMENT_BYTES && next.handle === held.handle;
    agreements = agrees ? agreements + 1 : 0;
    held = next;
  }
  return held;
}

/**
 * The pause lets timers, closing sockets and finalisers have their turn. Nothing of the program runs between the
 * collection and the reading: what its timers allocate and drop would count as held.
 */
async function afterOwnCollection(): Promise<Held> {
  await pause(1);
  collectGarbage();
  return readHeld();
}
