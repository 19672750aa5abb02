import type { Measurement, Overhead } from '@perf/schema';
import { medianInterval } from '@perf/stats';

/**
 * What measuring cost the measured code over all processes that measured it: the median of their ratios.
 *
 * @param confidence - Of the intervals, in (0, 1).
 * @returns Nothing for a part that no process measured.
 */
export function overheadOf(measurements: readonly Measurement[], confidence: number): Overhead {
  const over = (name: string) => {
    const values = measurements.flatMap(({ metrics }) =>
      metrics.filter((metric) => metric.name === name).map(({ value }) => value),
    );
    if (values.length === 0) return undefined;
    const { estimate, low, high } = medianInterval(values, confidence);
    return { estimate, low, high, processes: values.length };
  };
  const observation = over('overhead_observation');
  const profiling = over('overhead_profiling');
  return {
    ...(observation !== undefined && { observation }),
    ...(profiling !== undefined && { profiling }),
  };
}
