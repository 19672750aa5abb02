import { type MeasurePlan, type Pairing, pairingFor, type Variant } from '@perf/runner';
import { looks, nextStep } from '@perf/stats';
import type { Config } from './config/config.js';
import { thresholdOf } from './config/threshold.js';
import { durationFlag } from './duration-flag.js';
import { checkWhole } from './usage-error.js';

/** How a comparison may go on, from its command line. */
export interface TurnFlags {
  readonly processes?: number | undefined;
  readonly time?: string | undefined;
  readonly budget?: string | undefined;
  readonly pairing?: Pairing['method'] | 'auto' | undefined;
}

/** Enough to decide 5 % on code that differs by as much from process to process. */
const MOST_PAIRS = 20;
/** Longest time for one series of pairs of a probe [ms], beyond the three that are always made. */
const BUDGET_MS = 10_000;
/** Time in the turns of one pair [ms]: what is best is worked out between them. */
const PAIR_MS = { least: 100, most: 600 };

/**
 * How two variants are measured in turns: what the machine and the two allow, and when a probe is decided.
 *
 * @throws {UsageError} `usage/number`, `usage/duration`.
 */
export async function inTurnsOf(
  flags: TurnFlags,
  config: Config,
  variants: readonly Variant[],
): Promise<NonNullable<MeasurePlan['inTurns']>> {
  checkWhole('processes', flags.processes, 1, 1000);
  const timeMs = durationFlag('time', flags.time);
  const limitMs = durationFlag('budget', flags.budget) ?? BUDGET_MS;
  const mostPairs = Math.max(looks[0] as number, flags.processes ?? MOST_PAIRS);
  const confidence = config.confidence ?? 0.95;
  return {
    pairing: await pairingFor(variants, flags.pairing ?? 'auto'),
    nextStep: (probe, measurements, spent) =>
      nextStep(measurements, spent, {
        thresholdOf: (metric) => thresholdOf(config, probe, metric),
        confidence,
        mostPairs,
        limitMs,
        pairMs: timeMs === undefined ? PAIR_MS : { least: timeMs, most: timeMs },
      }),
  };
}
