import type { Measurement } from '@perf/schema';
import type { ProbePair } from './probe-pairs.js';
import { median } from './quantile.js';

/** The times of two sides in units of the reference kernel that each process read beside its samples. */
export interface NormalisedTimes {
  /** One for each process, unitless, in the order of the measurements. */
  readonly a: number[];
  readonly b: number[];
  /** How many times as slow the machine was on b: the median time of the kernel, b over a. */
  readonly machine: number;
}

/**
 * What two sides that were measured at different times can be compared by: time over the time that the same small kernel
 * took beside it. A machine that is slower as a whole is slower in both.
 *
 * @returns Undefined unless every process with a `time` has a `time_normalised` and a `reference` too: functions that wait have none.
 */
export function normalisedTimes(pair: ProbePair): NormalisedTimes | undefined {
  const [a, b] = [readingsOf(pair.a), readingsOf(pair.b)];
  if (a === undefined || b === undefined) return undefined;
  return { a: a.times, b: b.times, machine: median(b.kernel) / median(a.kernel) };
}

function readingsOf(measurements: readonly Measurement[]): { times: number[]; kernel: number[] } | undefined {
  const times: number[] = [];
  const kernel: number[] = [];
  for (const { status, metrics } of measurements) {
    if (status !== 'ok') continue;
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value;
    if (of('time') === undefined) continue;
    const [time, reference] = [of('time_normalised'), of('reference')];
    if (time === undefined || reference === undefined || !(time > 0 && reference > 0)) return undefined;
    times.push(time);
    kernel.push(reference);
  }
  return times.length === 0 ? undefined : { times, kernel };
}
