import { type Comparison, probeKey, type Run, type Trend, type Verdict } from '@perf/schema';
import type { ProbeReport } from '../probe-report.js';
import { askedOf, formatConfidence, isTooFew } from './confidence.js';
import { counted } from './counted.js';
import { marksHeadline } from './marks.js';
import { trendSentence } from './trend.js';

/**
 * How it went, in one or two plain sentences: what regressed, else what is known not to have, else what is unknown.
 *
 * Undecided is never told as "no change", and nothing is said to be free of regressions while a comparison is undecided
 * or could not be made.
 */
export function headline(
  run: Run | undefined,
  comparison: Comparison | undefined,
  probes: readonly ProbeReport[],
  trend?: Trend | undefined,
): string {
  if (run === undefined && comparison === undefined && trend !== undefined) return trendSentence(trend);
  const gates = run?.gates ?? [];
  const leaks = run?.leaks ?? [];
  const absolute = gates.length > 0 || leaks.length > 0;
  const sentences = [comparison === undefined ? unjudged(probes, absolute) : judged(comparison)];
  const gatesFailed = gates.filter(({ state }) => state === 'failed').length;
  if (gatesFailed > 0) sentences.push(`${gatesFailed} of ${counted(gates.length, 'gate')} failed.`);
  const leaking = new Set(
    leaks.filter(({ verdict }) => verdict === 'leaking').map(({ probe }) => probeKey(probe)),
  ).size;
  if (leaking > 0) sentences.push(`${counted(leaking, 'probe')} ${leaking === 1 ? 'leaks' : 'leak'}.`);
  const failed = probes.filter(({ standing }) => standing === 'failed').length;
  if (failed > 0) sentences.push(`${counted(failed, 'probe')} failed.`);
  sentences.push(...marksHeadline(run, probes));
  if (run?.status === 'interrupted')
    sentences.push('The run was interrupted: this is what it had until then.');
  if (run?.status === 'running')
    sentences.push('The run is not finished: it was killed, or goes on still. This is what it has so far.');
  return sentences.join(' ');
}

/** How sure that is: the confidence asked for, how many intervals fall short of it, and what is adjusted for many comparisons. */
export function certainty(run: Run | undefined, comparison: Comparison | undefined): string {
  const changes = comparison?.comparisons ?? [];
  const compared = changes.length > 0;
  const asked = askedOf(run, comparison)[compared ? 'changes' : 'figures'];
  const attained = (compared ? changes : (run?.summaries ?? [])).map(({ confidence }) => confidence);
  if (attained.length === 0) return 'There is no figure with an interval.';
  const short = attained.filter((confidence) => isTooFew(confidence, asked)).length;
  const judging = compared
    ? ' Only p, which is against a ratio of 1, is adjusted for the many comparisons made at once; the intervals are not.'
    : '';
  const what = compared ? 'interval of a change' : 'interval';
  if (short === 0) return `Each ${what} holds with ${formatConfidence(asked)} confidence.${judging}`;
  const which = short === attained.length ? 'All' : `${short} of ${attained.length}`;
  return `${which} intervals fall short of ${formatConfidence(asked)} confidence: too few processes. Each states what it attains.${judging}`;
}

/** How many comparisons ended in a verdict. */
export function verdictCount(comparison: Comparison, verdict: Verdict): number {
  return comparison.comparisons.filter((compared) => compared.verdict === verdict).length;
}

/** @param absolute - Whether gates or leaks are judged, which need no baseline. */
function unjudged(probes: readonly ProbeReport[], absolute: boolean): string {
  const measured = probes.filter(
    ({ standing }) => standing !== 'failed' && standing !== 'expected-failure',
  ).length;
  return `${counted(measured, 'probe')} measured. There is no baseline, so nothing is ${absolute ? 'compared' : 'judged'}.`;
}

function judged(comparison: Comparison): string {
  const total = comparison.comparisons.length;
  const missing = comparison.incomparable.length;
  if (total === 0) return 'Nothing could be compared, so nothing is judged.';
  const [regressed, improved, equivalent, undecided] = (
    ['regressed', 'improved', 'equivalent', 'undecided'] as const
  ).map((verdict) => verdictCount(comparison, verdict)) as [number, number, number, number];
  if (regressed > 0) {
    const also = [some(improved, 'improved'), some(undecided, 'undecided'), some(equivalent, 'equivalent')];
    return `${regressed} of ${counted(total, 'comparison')} regressed${also.join('')}.`;
  }
  if (undecided === total) {
    return `Nothing is decided: ${undecided} of ${counted(total, 'comparison')} undecided${some(missing, 'not compared')}. That is not the same as no change.`;
  }
  const known = undecided === 0 && missing === 0 ? 'Nothing regressed' : 'No regression is proven';
  const also = [
    some(improved, 'improved'),
    some(undecided, `undecided (${undecided === 1 ? 'it' : 'they'} may have regressed)`),
    some(missing, 'not compared'),
  ];
  return `${known}: ${equivalent} of ${total} equivalent within their thresholds${also.join('')}.`;
}

/** `, 3 improved`, or nothing of what there is none. */
function some(count: number, what: string): string {
  return count > 0 ? `, ${count} ${what}` : '';
}
