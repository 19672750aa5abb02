import type { LoadStage } from '@perf/schema';
import type { StagePlan, StressLimits } from './load-shape.js';

/**
 * Why a stage of `stress` counts as broken, in words, or `undefined` if it held.
 *
 * @param behind - Whether it answered clearly more slowly than arrivals came.
 */
export function reasonItBroke(
  plan: StagePlan,
  { operations, errors, latency, throughput }: LoadStage,
  behind: boolean,
  { p99Ms, errorRate }: StressLimits,
): string | undefined {
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  if (latency === undefined) return 'nothing succeeded';
  const p99 = latency.p99 / 1e6;
  if (p99Ms !== undefined && p99 > p99Ms) return `p99 is ${p99.toPrecision(3)} ms, above ${p99Ms} ms`;
  const share = failed / Math.max(operations, 1);
  if (errorRate !== undefined && share > errorRate) {
    return `${(share * 100).toPrecision(3)} % failed, above ${errorRate * 100} %`;
  }
  if (plan.model === 'open' && behind) {
    return `it served ${Math.round(throughput)} of ${plan.rate} arrivals a second`;
  }
  return undefined;
}
