export { collectGarbage } from './collect-garbage.js';
export { readEnvironment } from './environment.js';
export type { FigureName, FigureScope, Unavailable } from './figure.js';
export { clockStep } from './machine/clock.js';
export type { CheckState, MachineCheck } from './machine-checks.js';
export { checkMachine } from './machine-checks.js';
export { MonitorError } from './monitor-error.js';
export type {
  AllocationProfile,
  AllocationProfileOptions,
  AllocationProfiler,
  SampledAllocations,
} from './profiling/allocation-profiler.js';
export { openAllocationProfiler, profileAllocations } from './profiling/allocation-profiler.js';
export { attributeAllocations } from './profiling/attribute-allocations.js';
export type { SiteBytes } from './profiling/bytes-by-site.js';
export type { CpuProfile, CpuProfileOptions, CpuProfiler } from './profiling/cpu-profiler.js';
export { openCpuProfiler, profileCpu } from './profiling/cpu-profiler.js';
export { ownerOf } from './profiling/own-code.js';
export { profileWork } from './profiling/profile-work.js';
export type { Recording, RecordOptions } from './recording/record.js';
export { record } from './recording/record.js';
export type {
  CounterSummary,
  FigureSummary,
  GaugeSummary,
  MissingSummary,
} from './sampling/figure-summaries.js';
export type { Monitor, MonitorOptions, MonitorSummary } from './sampling/monitor.js';
export { monitor } from './sampling/monitor.js';
export type { ValueSummary } from './sampling/running-summary.js';
export type { Sample } from './sampling/sample.js';
export type { SamplingCost } from './sampling/sampling-cost.js';
export type { Resources, Watch } from './watch.js';
export { watch } from './watch.js';
