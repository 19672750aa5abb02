import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readEnvironment } from '@perf/monitor';
import type { MeasurePlan } from '@perf/runner';
import type { ProbeId, RunHeader, RunSource } from '@perf/schema';
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
  readonly only?: string | undefined;
}

const DEFAULTS = { timeMs: 300, warmupMs: 500, deadlineMs: 60_000 };

/** Everything of a plan but its variants, from flags, configuration and defaults in this order. */
export function measuringPlan(
  flags: MeasuringFlags,
  config: Config,
  defaultProcesses: number,
  rest: { folder: string; signal: AbortSignal },
): Omit<MeasurePlan, 'variants'> {
  checkWhole('processes', flags.processes, 1, 1000);
  checkWhole('seed', flags.seed, 0, 2 ** 31 - 1);
  return {
    processes: flags.processes ?? config.processes ?? defaultProcesses,
    budget: {
      timeMs: durationFlag('time', flags.time) ?? config.time ?? DEFAULTS.timeMs,
      warmupMs: config.warmup ?? DEFAULTS.warmupMs,
    },
    deadlineMs: durationFlag('deadline', flags.deadline) ?? config.deadline ?? DEFAULTS.deadlineMs,
    seed: flags.seed ?? randomInt(2 ** 31),
    signal: rest.signal,
    loading: { cacheFolder: join(rest.folder, '.perfkit', 'cache'), resolveFrom: import.meta.url },
    ...(flags.only !== undefined && { select: selector(flags.only) }),
  };
}

/** What is known of a run before it starts. */
export function runHeader(source: RunSource, seed: number): RunHeader {
  return {
    schema: 'perf/run@1',
    tool: { name: 'perfkit', version: version() },
    startedAt: new Date().toISOString(),
    seed,
    environment: readEnvironment(),
    source,
  };
}

function selector(pattern: string): (probe: ProbeId) => boolean {
  const wanted = pattern.toLowerCase();
  if (wanted.trim() === '') {
    throw new UsageError('usage/only', '--only needs a part of a name.', { remedy: 'Such as --only cache.' });
  }
  return ({ suite, name }) => `${suite} › ${name}`.toLowerCase().includes(wanted);
}
