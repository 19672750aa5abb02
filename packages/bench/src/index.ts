export type { CustomMetric, CustomMetrics, ParamSpace, Probe, Suite } from '@perf/schema';
export { suite } from '@perf/schema/core';
export { bench } from './bench.js';
export { BenchError } from './bench-error.js';
export type { BenchFigures, BenchFixture, BenchOptions, PointOf } from './bench-options.js';
