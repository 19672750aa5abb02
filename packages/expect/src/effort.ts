import { randomInt } from 'node:crypto';
import { ExpectError } from './expect-error.js';
import { type Duration, durationMs, wrong } from './quantities.js';

/** What an expectation may cost, and how sure it has to be. */
export interface EffortOptions {
  /** Fresh processes for each side. */
  readonly processes?: number;
  /** Time to fill with samples in each process, where the probe does not say itself. */
  readonly time?: Duration;
  /** Longest warm-up in each process, likewise. */
  readonly warmup?: Duration;
  /** Time after which a process is killed; default `60s`. */
  readonly deadline?: Duration;
  /** Of the interval, in [0.5, 1); default that of `perf.config.yaml`, else 0.95. */
  readonly confidence?: number;
  /** Of the order of the processes and of the probes' own choices; whole number. Default: a new one. */
  readonly seed?: number;
  /** Aborting it ends the measuring. The matchers of Vitest take the test's own. */
  readonly signal?: AbortSignal;
  /**
   * Time that is left for it: where it would take longer, it is refused at once, with what to change. The matchers of
   * Vitest take what is left of the test's timeout.
   */
  readonly within?: Duration;
}

export interface Effort {
  readonly processes: number;
  readonly timeMs: number;
  readonly warmupMs: number;
  readonly deadlineMs: number;
  readonly confidence: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly withinMs: number;
}

/** What holds where neither a test nor, for what it takes from there, the configuration says anything. */
export type EffortDefaults = Pick<Effort, 'processes' | 'timeMs' | 'warmupMs' | 'confidence'>;

/** @throws {ExpectError} `expect/option`. */
export function effortOf(options: EffortOptions, defaults: EffortDefaults): Effort {
  const {
    processes = defaults.processes,
    confidence = defaults.confidence,
    time,
    warmup,
    deadline,
  } = options;
  if (!(Number.isInteger(processes) && processes >= 1 && processes <= 1000)) {
    throw wrong('processes', processes, 'a whole number from 1 to 1000');
  }
  if (!(confidence >= 0.5 && confidence < 1)) {
    throw wrong('confidence', confidence, 'a number from 0.5 to below 1, such as 0.95');
  }
  const seed = options.seed ?? randomInt(2 ** 31);
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) {
    throw wrong('seed', seed, 'a whole number from 0 to 2147483647');
  }
  return {
    processes,
    confidence,
    seed,
    timeMs: time === undefined ? defaults.timeMs : durationMs('time', time),
    warmupMs: warmup === undefined ? defaults.warmupMs : durationMs('warmup', warmup),
    deadlineMs: deadline === undefined ? 60_000 : durationMs('deadline', deadline),
    signal: options.signal ?? new AbortController().signal,
    withinMs: options.within === undefined ? Number.POSITIVE_INFINITY : durationMs('within', options.within),
  };
}

/** What a process takes beside warm-up and samples: its start, loading, and the measuring of memory [ms]. */
const FIXED_MS = 300;

/**
 * Refuses an effort that cannot be made in the time there is: a test that runs out of it says nothing of the code.
 *
 * @throws {ExpectError} `expect/timeout`.
 */
export function refuseTooLong(effort: Effort, sides: number): void {
  const { processes, timeMs, warmupMs, withinMs } = effort;
  const expectedMs = sides * (processes * (timeMs + warmupMs + FIXED_MS) + FIXED_MS);
  if (expectedMs <= withinMs) return;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  throw new ExpectError(
    'expect/timeout',
    `Measuring takes up to ${seconds(expectedMs)} (${sides * processes} processes), and the test has ${seconds(withinMs)} left.`,
    {
      seen: withinMs,
      remedy: `Give the test a timeout of ${Math.ceil((expectedMs * 3) / 1000) * 1000} ms, or the expectation fewer processes or less time.`,
    },
  );
}
