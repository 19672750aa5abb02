import { isMainThread } from 'node:worker_threads';
import { findLeaks } from '@perf/leak';
import type { Culprit } from '@perf/schema';
import { inTurn } from '../in-turn.js';
import { type Bytes, bytesOf, type Duration, durationMs } from '../quantities.js';
import type { Hunted, LeakResource } from './leak-evidence.js';
import { refuseTooShort } from './time-left.js';

/** How a function of the test itself is hunted for leaks. */
export interface FunctionHuntOptions {
  /** Iterations in each block; default as many as take 100 ms. */
  readonly iterations?: number;
  /** Blocks to read growth over, from 6; default 12, and 24 where these leave a doubt. */
  readonly blocks?: number;
  /** Iterations before the first reading; default two blocks of them. */
  readonly warmup?: number;
  /** Iterations in flight at once; default 1. */
  readonly concurrency?: number;
  /** Memory that the program may have: a leak says how many iterations fill it. Default V8's heap limit. */
  readonly budget?: Bytes;
  /** Growth that is meant: what hangs on a retaining path with a step that holds or matches one of these. */
  readonly allow?: readonly (string | RegExp)[];
  /** Growth per iteration that is no leak yet [bytes]; default 8. */
  readonly floorBytes?: number;
  /** Time for the hunt; default what is left for the test, or `60s`. It limits itself to less: see `findLeaks`. */
  readonly timeout?: Duration;
}

/** Time that a hunt for leaks may need [ms]: it limits itself to that for slow functions. */
export const HUNT_MS = 20_000;
const TIMEOUT_MS = 60_000;
const GIVEN = 'the function given';

/**
 * Hunts for leaks in a function in this process: see `findLeaks` of `@perf/leak`.
 *
 * Resident memory does not count unless it is asked for: it is that of the whole process, in which a test runner works
 * as well. The same holds for descriptors in a worker thread.
 *
 * @throws {ExpectError} `expect/timeout`, `expect/option`; {LeakError} `leak/option`; whatever the function throws.
 */
export async function huntHere(
  fn: () => unknown,
  options: FunctionHuntOptions & { readonly signal?: AbortSignal | undefined },
  withinMs: number,
): Promise<Hunted> {
  const { timeout, budget, signal, ...plain } = options;
  const leftMs = Number.isFinite(withinMs) ? withinMs : TIMEOUT_MS;
  const timeoutMs = timeout === undefined ? leftMs : Math.min(leftMs, durationMs('timeout', timeout));
  const limits = {
    ...(budget !== undefined && { budget: bytesOf('budget', budget) }),
    ...(signal !== undefined && { signal }),
  };
  const report = await inTurn(() => {
    refuseTooShort('A hunt for leaks', HUNT_MS, withinMs);
    return findLeaks(underTest(fn), { ...plain, ...limits, timeoutMs });
  });
  return {
    name: fn.name === '' ? 'The function' : `${fn.name}()`,
    evidence: report.findings.map(({ culprit, ...evidence }) => ({
      ...evidence,
      ...(culprit !== undefined && { culprit: fromGiven(culprit) }),
    })),
    constructors: report.growth.constructors ?? [],
    warnings: report.warnings.map(({ message }) => message),
    counting: countingHere(),
  };
}

function countingHere(): readonly LeakResource[] {
  return isMainThread ? ['heap', 'external', 'fd', 'handle'] : ['heap', 'external', 'handle'];
}

/** Its name is how a path tells what called the function from what the function holds. */
function underTest(fn: () => unknown): () => unknown {
  return function functionUnderTest() {
    return fn();
  };
}

function fromGiven({ path, ...site }: Culprit): Culprit {
  return { path: fromFunction(path), ...site };
}

/** What leads to the function is this package's own; two steps on, past its context, is what was given. */
function fromFunction(path: readonly string[]): string[] {
  const at = path.findLastIndex((step) => step.endsWith('functionUnderTest()'));
  return at === -1 ? [...path] : [GIVEN, ...path.slice(at + 3)];
}
