import { performance } from 'node:perf_hooks';
import { isThenable } from '@perf/schema/core';
import type { Hooks } from './batch-hooks.js';
import { type Calls, callsOf, callWhile, runPool } from './pool.js';

/** What is measured, and what runs around it. */
export interface Work extends Calls {
  /** Whether the function gives a promise, or anything else with a `then`. */
  readonly asynchronous: boolean;
  /** Whether the function takes no argument, so that none is passed: passing one costs a tenth of an empty call. */
  readonly bare: boolean;
  readonly hooks: Hooks;
}

/**
 * Runs so many rounds of the work, without its hooks; a round is one call, or `concurrency` calls.
 *
 * These loops stay the same functions for the life of the process, so that V8 optimises them once, during warm-up.
 * Nothing is unrolled. V8 cannot look into the call: see `keepCallsOpaque`.
 */
export function runRounds(work: Work, rounds: number): Promise<void> | undefined {
  const { fn, input, asynchronous, concurrency } = work;
  if (!asynchronous) {
    if (work.bare) callBareInTurn(fn as () => unknown, rounds);
    else callInTurn(fn, input, rounds);
    return undefined;
  }
  return concurrency === 1 ? awaitInTurn(fn, input, rounds) : runPool(work, callsOf(rounds * concurrency));
}

/**
 * Runs so many calls between their hooks, each timed for itself.
 *
 * @returns Time in the calls [ns], with one reading of the clock for each of them in it.
 */
export function timeEach({ fn, input, asynchronous, hooks }: Work, rounds: number): Promise<number> {
  const loop = asynchronous ? timeEachAwait : timeEachCall;
  return loop(fn, input, rounds, hooks.beforeEach, hooks.afterEach);
}

type Measured = Calls['fn'];
type Hook = (() => unknown) | undefined;

function callInTurn(fn: Measured, input: unknown, rounds: number): void {
  for (let round = 0; round < rounds; round += 1) fn(input);
}

function callBareInTurn(fn: () => unknown, rounds: number): void {
  for (let round = 0; round < rounds; round += 1) fn();
}

async function awaitInTurn(fn: Measured, input: unknown, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await fn(input);
}

async function timeEachCall(
  fn: Measured,
  input: unknown,
  rounds: number,
  before: Hook,
  after: Hook,
): Promise<number> {
  let total = 0;
  for (let round = 0; round < rounds; round += 1) {
    const preparing = before?.();
    if (isThenable(preparing)) await preparing;
    const from = performance.now();
    fn(input);
    total += performance.now() - from;
    const clearing = after?.();
    if (isThenable(clearing)) await clearing;
  }
  return total * 1e6;
}

async function timeEachAwait(
  fn: Measured,
  input: unknown,
  rounds: number,
  before: Hook,
  after: Hook,
): Promise<number> {
  let total = 0;
  for (let round = 0; round < rounds; round += 1) {
    const preparing = before?.();
    if (isThenable(preparing)) await preparing;
    const from = performance.now();
    await fn(input);
    total += performance.now() - from;
    const clearing = after?.();
    if (isThenable(clearing)) await clearing;
  }
  return total * 1e6;
}

/** Enough for V8 to have begun to keep what each loop calls. */
const PRIMING_ROUNDS = 100;
let primed: Promise<void> | undefined;

/**
 * Runs every loop with two other functions first, once in a process, so that V8 knows each call as one of anything.
 *
 * A call that V8 knows the target of is inlined into the loop. Work without effects is then dropped if nobody looks at
 * its result, and done once for all rounds if somebody does: keeping results does not help against that. A call of
 * anything is made, every time, and what it returns has to be worked out. It costs some two nanoseconds, which an
 * empty call shows.
 */
export function keepCallsOpaque(): Promise<void> {
  primed ??= prime();
  return primed;
}

async function prime(): Promise<void> {
  const decoys: readonly Measured[] = [(input) => input, (input) => [input]];
  for (let round = 0; round < PRIMING_ROUNDS; round += 1) {
    for (const fn of decoys) {
      callInTurn(fn, round, 2);
      callBareInTurn(fn as () => unknown, 2);
      await awaitInTurn(fn, round, 2);
      await callWhile(fn, round, callsOf(2), { failed: false });
      await timeEachCall(fn, round, 2, undefined, undefined);
      await timeEachAwait(fn, round, 2, undefined, undefined);
    }
  }
}
