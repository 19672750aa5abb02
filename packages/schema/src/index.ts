export type { Advice, AdviceFinding } from './advice.js';
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
export { type ByteUnit, byteUnits } from './byte-units.js';
export type {
  Compared,
  ComparedContext,
  Comparison,
  Incomparable,
  Reach,
  Severity,
  Verdict,
} from './comparison.js';
export { verdicts } from './comparison.js';
export { canonicalJson, contentId } from './content-id.js';
export type { DocumentKind, Documents, PerfDocument } from './document.js';
export {
  DocumentError,
  documentHeader,
  documentJsonSchemas,
  documentKinds,
  readDocument,
} from './document.js';
export type { Environment, EnvironmentFact, StableEnvironment } from './environment.js';
export { environmentKey } from './environment-key.js';
export type { ComparedInstructions, CountedInstructions, InstructionCount } from './instructions.js';
export type { Interval } from './interval.js';
export { isThenable } from './is-thenable.js';
export type { JsonValue } from './json-value.js';
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
export { leakResources, leakVerdicts, measurementStatuses } from './measurement.js';
export type { MeasurementParts } from './measurement-of.js';
export { measurementOf } from './measurement-of.js';
export type { Better, Bound, Unit } from './metric.js';
export { bounds, units } from './metric.js';
export type { PerfErrorOptions } from './perf-error.js';
export { describeError, PerfError } from './perf-error.js';
export type { Params, ParamValue, ProbeId } from './probe-id.js';
export { probeKey, probeTitle } from './probe-id.js';
export type { ProbeProfiles, ProfilerOverhead, TakenProfile, Unavailable } from './probe-profiles.js';
export type {
  Gate,
  LeakSummary,
  Overhead,
  Run,
  RunFindings,
  RunHeader,
  RunSource,
  Scalability,
  SkippedProbe,
  Summary,
  WarmUpSummary,
} from './run.js';
export { gateStates, runId } from './run.js';
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
export type { Alert, ChangePoint, Trend, TrendSeries } from './trend.js';
