import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readEnvironment } from '@perf/monitor';
import type { Effort, MeasurePlan } from '@perf/runner';
import type { ProbeId, RunHeader, RunSource } from '@perf/schema';
import type { Config } from './config/config.js';
import { percentSchema } from './config/quantities.js';
import { durationFlag } from './duration-flag.js';
import { checkWhole, UsageError } from './usage-error.js';
import { version } from './version.js';

/** What the command line may say about measuring; it overrules the configuration. */
export interface MeasuringFlags {
  readonly processes?: number | undefined;
  readonly time?: string | undefined;
  readonly deadline?: string | undefined;
  readonly seed?: number | undefined;
  readonly share?: string | undefined;
  readonly profile?: string | undefined;
}

const DEFAULTS = { timeMs: 300, warmupMs: 500, deadlineMs: 60_000 };

/**
 * What a plan says about time, order and number of processes, from flags, configuration and defaults in this order.
 *
 * @throws {UsageError} `usage/number`, `usage/duration`, `usage/share`, or `usage/deadline` if no process could ever end in time.
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
    share: shareFlag(flags.share) ?? config.share ?? 1,
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
    effortOf: ({ kind }: ProbeId): Effort => ({
      processes: flags.processes ?? config.kinds?.[kind]?.processes ?? config.processes ?? defaultProcesses,
      budget,
    }),
    deadlineMs,
    seed: flags.seed ?? randomInt(2 ** 31),
    signal: rest.signal,
    loading: { cacheFolder: join(rest.folder, '.perfkit', 'cache'), resolveFrom: import.meta.url },
  };
}

/** @throws {UsageError} `usage/share`. */
function shareFlag(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = percentSchema.safeParse(text).data ?? 0;
  if (share > 0 && share <= 1) return share;
  throw new UsageError('usage/share', `--share is "${text}".`, {
    seen: text,
    remedy: 'Give a percentage above 0% and at most 100%, such as 25%.',
  });
}

/**
 * What is known of a run before it starts.
 *
 * @param how - The profile it is measured with, and the variant that a run of a comparison measures, so that the two
 *   get ids of their own.
 */
export function runHeader(
  source: RunSource,
  seed: number,
  { profile, variant }: { profile?: string | undefined; variant?: string } = {},
): RunHeader {
  return {
    schema: 'perf/run@1',
    ...(variant !== undefined && { variant }),
    tool: { name: 'perfkit', version: version() },
    startedAt: new Date().toISOString(),
    seed,
    environment: readEnvironment(profile),
    source,
  };
}
