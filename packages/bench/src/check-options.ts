import { checkAmount } from './amounts.js';
import { BenchError } from './bench-error.js';
import type { AllBenchOptions } from './bench-options.js';

/** Timers of Node.js overflow above 24.8 days; nothing here needs a day. */
const DAY_MS = 86_400_000;
const HOOKS = ['setup', 'teardown', 'beforeEach', 'afterEach', 'beforeBatch', 'afterBatch'] as const;

/** Refuses options of bench() that cannot be. @throws {BenchError} `bench/option`. */
export function checkOptions<Input>(options: AllBenchOptions<Input>): void {
  wholeNumber('concurrency', options.concurrency);
  if (options.metrics !== undefined && typeof options.metrics !== 'function') {
    refuse('metrics', options.metrics, 'a function that returns metrics by name');
  }
  for (const hook of HOOKS) {
    const given = options[hook];
    if (given !== undefined && typeof given !== 'function') refuse(hook, given, 'a function');
  }
  for (const amount of ['items', 'bytes'] as const) {
    const given = options[amount];
    if (given !== undefined && typeof given !== 'function') checkAmount(amount, given);
  }
  positive('timeMs', options.timeMs);
  positive('deadlineMs', options.deadlineMs);
  if (options.warmupMs !== 0) positive('warmupMs', options.warmupMs);
}

function wholeNumber(name: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= 1))
    refuse(name, value, 'a whole number from 1');
}

function positive(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0 && value <= DAY_MS)) {
    refuse(name, value, 'a number above 0 and at most a day (86,400,000)');
  }
}

function refuse(name: string, value: unknown, wanted: string): never {
  throw new BenchError('bench/option', `The option "${name}" of bench() is ${String(value)}.`, {
    seen: value,
    remedy: `Give ${wanted}.`,
  });
}
