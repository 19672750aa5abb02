import { isThenable, type PerfError } from '@perf/schema/core';
import type { BenchError } from '../../bench-error.js';
import type { Prepared } from '../adapted-probe.js';
import { refusal } from '../refusal.js';

/** Which benchmark a generator is of, and where. */
export interface Origin {
  readonly name: string;
  readonly place: PerfError['place'];
}

/** What a generator may yield beside a plain function. */
interface Yielded {
  readonly bench?: (...values: unknown[]) => unknown;
  readonly manual?: unknown;
  readonly concurrency?: number;
  /** Computed parameters: called for every iteration, untimed. */
  readonly [position: number]: () => unknown;
}

/**
 * Runs a generator up to its only `yield`, which gives the function to measure; what follows it clears up.
 *
 * @throws {BenchError} `bench/unsupported` if it yields anything that cannot be measured.
 */
export async function preparedYield(
  generator: Generator<unknown> | AsyncGenerator<unknown>,
  origin: Origin,
  values: Readonly<Record<string, unknown>>,
): Promise<Prepared> {
  const { value, done } = await generator.next();
  const yielded = (typeof value === 'function' ? { bench: value } : (value ?? {})) as Yielded;
  if (done === true || typeof yielded.bench !== 'function') throw notMeasurable(origin, yielded);
  const { bench } = yielded;
  const makers = Array.from(
    { length: typeof value === 'function' ? 0 : bench.length },
    (_, at) => yielded[at],
  );
  if (!makers.every((make) => typeof make === 'function')) throw notMeasurable(origin, yielded);
  const inputs: unknown[] = [];
  const compute = () => computeInto(inputs, makers as (() => unknown)[]);
  const fn = called(yielded, bench, inputs, makers.length);
  const wanted = Number(yielded.concurrency ?? values.concurrency ?? 1);
  return {
    fn,
    concurrency: wanted > 1 && (await isAsynchronous(fn, compute)) ? wanted : 1,
    ...(makers.length > 0 && { beforeEach: compute }),
    close: async () => {
      if ((await generator.next()).done !== true) {
        throw refusal('bench/unsupported', `The generator of "${origin.name}" yields more than once.`, {
          remedy: 'Yield one function; what follows it clears up.',
          place: origin.place,
        });
      }
    },
  };
}

async function isAsynchronous(fn: () => unknown, compute: () => unknown): Promise<boolean> {
  await compute();
  const result = fn();
  await result;
  return isThenable(result);
}

/** Fills the inputs anew; gives a promise only where one of them is one. */
function computeInto(inputs: unknown[], makers: readonly (() => unknown)[]): Promise<void> | undefined {
  let pending = false;
  for (let at = 0; at < makers.length; at += 1) {
    inputs[at] = makers[at]?.();
    pending ||= isThenable(inputs[at]);
  }
  if (!pending) return undefined;
  return Promise.all(inputs).then((settled) => {
    for (let at = 0; at < makers.length; at += 1) inputs[at] = settled[at];
  });
}

/** A call without spreading for the usual numbers of parameters: spreading is work of its own, and it would be timed. */
function called(
  self: Yielded,
  bench: NonNullable<Yielded['bench']>,
  inputs: readonly unknown[],
  count: number,
): () => unknown {
  if (count === 0) return () => bench.call(self);
  if (count === 1) return () => bench.call(self, inputs[0]);
  if (count === 2) return () => bench.call(self, inputs[0], inputs[1]);
  return () => bench.call(self, ...inputs);
}

function notMeasurable({ name, place }: Origin, { manual }: Yielded): BenchError {
  return manual === undefined
    ? refusal('bench/unsupported', `The generator of "${name}" yields nothing that can be measured.`, {
        remedy: 'Yield a function, or an object with bench() and a function for each of its parameters.',
        place,
      })
    : refusal('bench/unsupported', `The benchmark "${name}" times itself (manual).`, {
        remedy:
          'perfkit times whole calls: yield bench(), and compute what is not to be timed as its parameters.',
        place,
      });
}
