import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readEnvironment } from '@perf/monitor';
import type { MeasurePlan } from '@perf/runner';
import type { RunHeader, RunSource } from '@perf/schema';
import type { Config } from './config/config.js';
import { durationFlag } from './duration-flag.js';
import { checkWhole, UsageError } from './usage-error.js';
import { version } from './version.js';

/** What the command line may say about measuring; it overrules the configuration. */
export interface MeasuringFlags {
  readonly processes?: number | undefined;
  readonly time?: string | undefined;
  readonly deadline?: string | undefined;
  readonly seed?: number | undefined;
}

const DEFAULTS = { timeMs: 300, warmupMs: 500, deadlineMs: 60_000 };

/**
 * What a plan says about time, order and number of processes, from flags, configuration and defaults in this order.
 *
 * @throws {UsageError} `usage/number`, `usage/duration`, or `usage/deadline` if no process could ever end in time.
 */
export function measuringPlan(
  flags: MeasuringFlags,
  config: Config,
  defaultProcesses: number,
  rest: { folder: string; signal: AbortSignal },
): Omit<MeasurePlan, 'variants' | 'select'> {
  checkWhole('processes', flags.processes, 1, 1000);
  checkWhole('seed', flags.seed, 0, 2 ** 31 - 1);
  const budget = {
    timeMs: durationFlag('time', flags.time) ?? config.time ?? DEFAULTS.timeMs,
    warmupMs: config.warmup ?? DEFAULTS.warmupMs,
  };
  const deadlineMs = durationFlag('deadline', flags.deadline) ?? config.deadline ?? DEFAULTS.deadlineMs;
  const least = budget.timeMs + budget.warmupMs;
  if (deadlineMs < least) {
    throw new UsageError(
      'usage/deadline',
      `A deadline of ${deadlineMs} ms ends each process before its ${budget.warmupMs} ms of warm-up and ${budget.timeMs} ms of samples.`,
      { seen: deadlineMs, remedy: `Give --deadline more than ${least}ms, or shorten "warmup" and --time.` },
    );
  }
  return {
    processes: flags.processes ?? config.processes ?? defaultProcesses,
    budget,
    deadlineMs,
    seed: flags.seed ?? randomInt(2 ** 31),
    signal: rest.signal,
    loading: { cacheFolder: join(rest.folder, '.perfkit', 'cache'), resolveFrom: import.meta.url },
  };
}

/**
 * What is known of a run before it starts.
 *
 * @param variant - What a run of a comparison measures, so that the two get ids of their own.
 */
export function runHeader(source: RunSource, seed: number, variant?: string): RunHeader {
  return {
    schema: 'perf/run@1',
    ...(variant !== undefined && { variant }),
    tool: { name: 'perfkit', version: version() },
    startedAt: new Date().toISOString(),
    seed,
    environment: readEnvironment(),
    source,
  };
}
