import type { Measurement, Metric } from '@perf/schema/core';
import type { ProbePair } from '../probe-pairs.js';
import { pairEstimate } from './pair-estimate.js';

/** Two measurements that were made in turns. */
export interface MeasuredPair {
  readonly a: Measurement;
  readonly b: Measurement;
  /** 1, or 2 for the fresh pairs. */
  readonly round: number;
  /** How many looks its series was planned to have, where that was settled. */
  readonly looks?: number;
}

/** One pair's log-ratio of one metric. */
export interface PairPoint {
  readonly logRatio: number;
  readonly round: number;
  readonly looks?: number;
  /** Absent where each process gave one value. */
  readonly standardError?: number;
}

/** The pairs of a probe whose two processes both succeeded; none if it was not measured in turns. */
export function measuredPairs({ a, b }: Pick<ProbePair, 'a' | 'b'>): MeasuredPair[] {
  const byIndex = new Map(b.map((measurement) => [measurement.process.index, measurement]));
  return a.flatMap((before) => {
    const after = byIndex.get(before.process.index);
    if (before.pairing === undefined || after?.pairing === undefined) return [];
    if (before.status !== 'ok' || after.status !== 'ok') return [];
    const { round, looks } = after.pairing;
    return [{ a: before, b: after, round, ...(looks !== undefined && { looks }) }];
  });
}

/**
 * What each pair says of one metric that both sides have.
 *
 * Samples of a pair were taken beside one another: where both have as many, they are compared batch by batch, else by
 * the values of the two processes. What is below `resolution` counts as this much, and nothing against nothing is equal.
 */
export function pairPoints(
  pairs: readonly MeasuredPair[],
  metric: string,
  resolution: number | undefined,
): PairPoint[] {
  const lifted = (value: number) => Math.max(value, resolution ?? 0);
  return pairs.flatMap(({ a, b, ...series }) => {
    const [before, after] = [metricOf(a, metric), metricOf(b, metric)];
    if (before === undefined || after === undefined) return [];
    if (before.samples !== undefined && before.samples.length > 0) {
      if (
        before.samples.length === after.samples?.length &&
        [...before.samples, ...after.samples].every(positive)
      ) {
        return [{ ...pairEstimate(before.samples, after.samples), ...series }];
      }
    }
    const [x, y] = [lifted(before.value), lifted(after.value)];
    return [{ logRatio: x === y ? 0 : Math.log(y / x), ...series }];
  });
}

function metricOf({ metrics }: Measurement, name: string): Metric | undefined {
  return metrics.find((metric) => metric.name === name);
}

function positive(value: number): boolean {
  return value > 0;
}
