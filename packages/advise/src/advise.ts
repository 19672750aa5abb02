import { type Advice, type AdviceFinding, type Run, readDocument, severities } from '@perf/schema';
import { AdviseError } from './advise-error.js';
import { defaultRules } from './default-rules.js';
import { type Evidence, evidenceOf } from './evidence.js';
import type { Draft, Rule } from './rule.js';

export interface AdviseOptions {
  /** In the order in which equal findings are told; default `defaultRules`. */
  readonly rules?: readonly Rule[];
  /** The run that `run.comparison` judges against: with its profiles a regression's place is known better. */
  readonly baseline?: Run;
  /** Told of every finding that is left out, and why: for authors of rules. */
  readonly onDropped?: (rule: string, reason: string) => void;
}

/** Most severe first. */
const ranks: readonly AdviceFinding['severity'][] = [...severities.toReversed(), 'info'];

/**
 * What follows from a run, most severe first, then by how much is at stake. No evidence, no advice: a finding that
 * names no measurement or comparison of these runs, or whose `observed` is no interval, is left out.
 *
 * @param run - Finished or not; read only.
 * @returns A valid advice document, empty if there is nothing to say. Not saying so is no proof that all is well.
 * @throws {AdviseError} `advise/rules` if two rules share an id, or if one throws.
 *
 * Cost: O(measurements * rules).
 */
export function advise(run: Run, options: AdviseOptions = {}): Advice {
  const rules = options.rules ?? defaultRules;
  const twice = rules.find(({ id }, index) => rules.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) {
    throw new AdviseError('advise/rules', `Two rules have the id "${twice.id}".`, {
      seen: twice.id,
      remedy: 'Give each rule an id of its own.',
    });
  }
  const evidence = evidenceOf(run, options.baseline);
  const found = rules.flatMap((rule) =>
    examined(rule, evidence).flatMap(({ effect, ...draft }) => {
      const finding: AdviceFinding = { ...draft, rule: rule.id };
      const reason = whyNot(finding, evidence);
      if (reason === undefined) return [{ finding, effect: Number.isFinite(effect) ? effect : 0 }];
      options.onDropped?.(rule.id, reason);
      return [];
    }),
  );
  const sorted = found.toSorted(
    (a, b) => ranks.indexOf(a.finding.severity) - ranks.indexOf(b.finding.severity) || b.effect - a.effect,
  );
  return { schema: 'perf/advice@1', run: run.id, findings: sorted.map(({ finding }) => finding) };
}

function examined(rule: Rule, evidence: Evidence): readonly Draft[] {
  try {
    return rule.examine(evidence);
  } catch (error) {
    throw new AdviseError('advise/rules', `The rule "${rule.id}" failed: ${messageOf(error)}`, {
      seen: rule.id,
      remedy: 'Correct the rule, or leave it out of "rules".',
      cause: error,
    });
  }
}

function whyNot(finding: AdviceFinding, evidence: Evidence): string | undefined {
  if (!Array.isArray(finding.evidence) || finding.evidence.length === 0) return 'It names no evidence.';
  const unknown = finding.evidence.find((id) => !evidence.ids.has(id));
  if (unknown !== undefined) return `Its evidence "${unknown}" is in neither run.`;
  try {
    readDocument('advice', { schema: 'perf/advice@1', findings: [finding] });
  } catch (error) {
    return messageOf(error);
  }
  const { estimate, low, high } = finding.observed;
  return low <= estimate && estimate <= high ? undefined : 'Its observed estimate lies outside its interval.';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
