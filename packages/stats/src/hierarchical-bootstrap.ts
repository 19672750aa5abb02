import { quantileSorted } from 'simple-statistics';
import { ascending, median } from './quantile.js';
import { requireConfidence, requireCount, requirePositiveSample } from './sample-rules.js';
import { seededRandom } from './seeded-random.js';

/** How a bootstrap is made; every field has a default. */
export interface BootstrapOptions {
  /** What is taken of all values of a side. Default: the median over processes of the medians of their samples. */
  readonly statistic?: (processes: readonly (readonly number[])[]) => number;
  /** In (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Default 2,000. */
  readonly rounds?: number;
  /** Default 1. The same seed gives the same answer. */
  readonly seed?: number;
}

/** b over a, with a percentile interval. */
export interface BootstrapRatio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Ratio of two sides that were measured in several processes with several samples each, for any statistic, such as a
 * quantile: processes are drawn first, with replacement, then samples within each.
 *
 * For statistics that have no exact interval. Its interval is approximate, and too narrow for few processes (how much:
 * `apps/arena`, `levels`). For medians `hodgesLehmannRatio` is exact.
 *
 * @param a - Samples of each process, all > 0, shape (processes, samples), each with at least one; read only.
 * @param b - Same unit; sizes may differ.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`, `stats/not-positive`; `stats/out-of-range` for options.
 *
 * Cost: O(rounds * samples), and as many calls of the statistic for each side.
 * Source: Davison & Hinkley 1997, "Bootstrap Methods and their Application", 3.8; Kalibera & Jones 2013, ISMM (why
 * processes come first).
 */
export function hierarchicalBootstrap(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  { statistic = medianOfMedians, confidence = 0.95, rounds = 2_000, seed = 1 }: BootstrapOptions = {},
): BootstrapRatio {
  requireProcesses(a, 'sample a');
  requireProcesses(b, 'sample b');
  requireConfidence(confidence);
  requireCount(rounds, 'rounds');
  const random = seededRandom(seed);
  const ratios = Array.from(
    { length: rounds },
    () => statistic(resampled(b, random)) / statistic(resampled(a, random)),
  );
  const sorted = ascending(ratios);
  const outside = (1 - confidence) / 2;
  return {
    ratio: statistic(b) / statistic(a),
    low: quantileSorted(sorted, outside),
    high: quantileSorted(sorted, 1 - outside),
  };
}

function medianOfMedians(processes: readonly (readonly number[])[]): number {
  return median(processes.map((samples) => median(samples)));
}

function resampled(processes: readonly (readonly number[])[], random: () => number): (readonly number[])[] {
  const draw = <Value>(from: readonly Value[]): Value[] =>
    from.map(() => from[Math.floor(random() * from.length)] as Value);
  return draw(processes).map(draw);
}

function requireProcesses(processes: readonly (readonly number[])[], name: string): void {
  requirePositiveSample(
    processes.map(({ length }) => length),
    `the sizes of ${name}`,
  );
  for (const [i, samples] of processes.entries()) requirePositiveSample(samples, `${name}, process ${i}`);
}
