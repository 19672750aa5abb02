/**
 * What a measured process needs of this package: probes, suites, measurements and errors, without the validation and
 * the library behind it. Everything here is in the main entry too.
 */

export type {
  AllocationSite,
  Artifacts,
  Growth,
  HotFunction,
  LoadProfile,
  LoadStage,
  Timeline,
  WarmUp,
  WarmUpClass,
} from './artifacts.js';
export { canonicalJson, contentId } from './content-id.js';
export { environmentKey } from './environment-key.js';
export type { Interval } from './interval.js';
export { isThenable } from './is-thenable.js';
export { fails, only, skip } from './marks.js';
export type {
  Culprit,
  Failure,
  Finding,
  LeakFinding,
  LimitFinding,
  Measurement,
  MeasurementStatus,
  Metric,
  Pairing,
  Resource,
  Warning,
} from './measurement.js';
export type { MeasurementParts } from './measurement-of.js';
export { measurementOf } from './measurement-of.js';
export type { Better, Bound, Unit } from './metric.js';
export type { PerfErrorOptions } from './perf-error.js';
export { describeError, PerfError } from './perf-error.js';
export type { Params, ParamValue, ProbeId } from './probe-id.js';
export { probeKey, probeTitle } from './probe-id.js';
export type { ProbeProfiles, ProfilerOverhead, TakenProfile, Unavailable } from './probe-profiles.js';
export { severities } from './severities.js';
export type {
  Batches,
  Budget,
  CustomMetric,
  CustomMetrics,
  LiveProbe,
  ParamSpace,
  Probe,
  ProbeContext,
  ProbeNews,
  Suite,
} from './suite.js';
export { isSuite, paramPoints, SuiteError, suite } from './suite.js';
