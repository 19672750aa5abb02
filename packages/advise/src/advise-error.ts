import { PerfError } from '@perf/schema';

/**
 * What @perf/advise cannot do: `advise/rules` (two rules with one id, or one that threw), and of `explain`:
 * `advise/other-run` (advice about another run than the one given), `advise/no-model-library`, `advise/model-option`, `advise/model-refused`, `advise/model-busy`,
 * `advise/model-failed`, `advise/model-timeout`, `advise/model-unreachable`, `advise/model-answer`.
 */
export class AdviseError extends PerfError {
  override readonly name = 'AdviseError';
}
