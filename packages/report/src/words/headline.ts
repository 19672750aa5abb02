import type { Comparison, Run, Verdict } from '@perf/schema';
import type { ProbeReport } from '../probe-report.js';
import { askedOfRuns, formatConfidence, isTooFew } from './confidence.js';
import { counted } from './counted.js';

/**
 * How it went, in one or two plain sentences: what regressed, else what is known not to have, else what is unknown.
 *
 * Undecided is never told as "no change".
 */
export function headline(
  run: Run | undefined,
  comparison: Comparison | undefined,
  probes: readonly ProbeReport[],
): string {
  const sentences = [comparison === undefined ? unjudged(probes) : judged(comparison)];
  const failed = probes.filter(({ standing }) => standing === 'failed').length;
  if (failed > 0) sentences.push(`${counted(failed, 'probe')} failed.`);
  if (run?.status === 'interrupted')
    sentences.push('The run was interrupted: this is what it had until then.');
  if (run?.status === 'running') sentences.push('The run is not finished: this is what it has so far.');
  return sentences.join(' ');
}

/** How sure that is: the confidence asked for, the processes, and how many intervals fall short. */
export function certainty(run: Run | undefined, comparison: Comparison | undefined): string {
  const asked = comparison?.confidence ?? askedOfRuns;
  const attained = (comparison?.comparisons ?? run?.summaries ?? []).map(({ confidence }) => confidence);
  if (attained.length === 0) return 'There is no figure with an interval.';
  const short = attained.filter((confidence) => isTooFew(confidence, asked)).length;
  const judging =
    comparison === undefined
      ? ''
      : ' The verdicts take into account that many comparisons were made at once.';
  const what = comparison === undefined ? 'interval' : 'interval of a change';
  if (short === 0) return `Each ${what} holds with ${formatConfidence(asked)} confidence.${judging}`;
  const which = short === attained.length ? 'All' : `${short} of ${attained.length}`;
  return `${which} intervals fall short of ${formatConfidence(asked)} confidence: too few processes. Each states what it attains.${judging}`;
}

/** How many comparisons ended in a verdict. */
export function verdictCount(comparison: Comparison, verdict: Verdict): number {
  return comparison.comparisons.filter((compared) => compared.verdict === verdict).length;
}

function unjudged(probes: readonly ProbeReport[]): string {
  return `${counted(probes.length, 'probe')} measured. There is no baseline, so nothing is judged.`;
}

function judged(comparison: Comparison): string {
  const total = comparison.comparisons.length;
  if (total === 0) return 'Nothing could be compared, so nothing is judged.';
  const [regressed, improved, equivalent, undecided] = (
    ['regressed', 'improved', 'equivalent', 'undecided'] as const
  ).map((verdict) => verdictCount(comparison, verdict)) as [number, number, number, number];
  const rest = [
    improved > 0 ? `${improved} improved` : undefined,
    undecided > 0 ? `${undecided} undecided` : undefined,
  ];
  if (regressed > 0) {
    const also = [...rest, equivalent > 0 ? `${equivalent} equivalent` : undefined].filter(isText);
    return `${regressed} of ${counted(total, 'comparison')} regressed${also.map((part) => `, ${part}`).join('')}.`;
  }
  if (undecided === total) {
    return `Nothing is decided: ${undecided} of ${counted(total, 'comparison')} undecided. That is not the same as no change.`;
  }
  const also = rest.filter(isText).map((part) => `, ${part}`);
  return `Nothing regressed: ${equivalent} of ${total} equivalent within their thresholds${also.join('')}.`;
}

function isText(part: string | undefined): part is string {
  return part !== undefined;
}
