export { type AdviseOptions, advise } from './advise.js';
export { AdviseError } from './advise-error.js';
export { comparisonId } from './comparison-id.js';
export { defaultRules } from './default-rules.js';
export type { ComparedEvidence, Evidence, ProbeEvidence } from './evidence.js';
export type { Rejection } from './explain/check-sentence.js';
export { type ExplainOptions, explain } from './explain/explain.js';
export { shownFile } from './places/shown-file.js';
export type { Draft, Rule } from './rule.js';
