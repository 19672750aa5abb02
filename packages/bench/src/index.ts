export type { CustomMetric, CustomMetrics, ParamSpace, Probe, Suite } from '@perf/schema';
export { fails, only, skip, suite } from '@perf/schema/core';
export { bench } from './bench.js';
export { BenchError } from './bench-error.js';
export type {
  AmountOf,
  BenchFigures,
  BenchFixture,
  BenchHooks,
  BenchOptions,
  PointOf,
} from './bench-options.js';
