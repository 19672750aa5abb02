/**
 * What a measured process needs of this package: probes, suites, measurements and errors, without the validation and
 * the library behind it. Everything here is in the main entry too.
 */
export { canonicalJson, contentId } from './content-id.js';
export { environmentKey } from './environment-key.js';
export type {
  Failure,
  Finding,
  Measurement,
  MeasurementStatus,
  Metric,
  Resource,
  Warning,
} from './measurement.js';
export type { MeasurementParts } from './measurement-of.js';
export { measurementOf } from './measurement-of.js';
export type { PerfErrorOptions } from './perf-error.js';
export { describeError, PerfError } from './perf-error.js';
export type { Params, ParamValue, ProbeId } from './probe-id.js';
export { probeKey, probeTitle } from './probe-id.js';
export { severities } from './severities.js';
export type { ParamSpace, Probe, ProbeContext, Suite } from './suite.js';
export { isSuite, paramPoints, SuiteError, suite } from './suite.js';
