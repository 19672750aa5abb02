import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

type Fn = (input: unknown) => unknown;
/** Runs so many rounds and gives their time [ns]. */
type Loop = (fn: Fn, input: unknown, rounds: number) => number;

let made = 0;

/** A loop compiled anew, so that V8 knows one function in it: the way benchmarks are often written. */
export function loopOf(body: string): Loop {
  const run = new Function(
    'fn',
    'input',
    'rounds',
    'kept',
    `let sum = ${made++}; for (let round = 0; round < rounds; round += 1) { ${body} } return sum;`,
  ) as (fn: Fn, input: unknown, rounds: number, kept: unknown[]) => number;
  const kept: unknown[] = new Array(2);
  return (fn, input, rounds) => {
    const from = performance.now();
    run(fn, input, rounds, kept);
    return (performance.now() - from) * 1e6;
  };
}

export const loopThatDropsResults = (): Loop => loopOf('fn(input);');

/** What the work really takes at least: on other inputs each time, with every result needed. */
export const loopOverInputs = (): Loop => loopOf('sum += fn(input[round & 7]);');

const ROUNDS = 20_000;
const BATCHES = 300;

/** The least time per round over many batches [ns]: what neighbours of the machine disturb least. */
export function leastTime(loop: Loop, fn: Fn, input: unknown): number {
  const times = Array.from({ length: BATCHES }, () => loop(fn, input, ROUNDS) / ROUNDS);
  return Math.min(...times.slice(BATCHES / 3));
}

/** Bytes per round that a loop allocates once it is optimised. */
export async function bytesOfLoop(loop: Loop, fn: Fn): Promise<number> {
  leastTime(loop, fn, 1);
  const before = getHeapStatistics().used_heap_size;
  loop(fn, 1, ROUNDS);
  return (getHeapStatistics().used_heap_size - before) / ROUNDS;
}
