export { defaultPatterns, discover } from './discover.js';
export type { RunEvent } from './measure-variants.js';
export { measureVariants } from './measure-variants.js';
export type { Effort, MeasurePlan, Variant } from './plan.js';
export type { LoadingOptions } from './protocol.js';
export { RunnerError } from './runner-error.js';
