export { Bench, type BenchOptions } from './tinybench/bench.js';
export {
  formatNumber,
  hrtimeNow,
  hrtimeNowTimestampProvider,
  mToNs,
  now,
  nToMs,
  performanceNowTimestampProvider,
} from './tinybench/clock.js';
export type { FnOptions, Hook } from './tinybench/contract.js';
export {
  calibrateTimerOverhead,
  classifyTimerSaturation,
  detectTimerSaturation,
  estimateResolution,
  medianAbsoluteDeviation,
} from './tinybench/diagnostics.js';
export { Task } from './tinybench/task.js';
