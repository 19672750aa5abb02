import { probeTitle } from '@perf/schema';
import type { ComparedEvidence, Evidence, ProbeEvidence } from '../evidence.js';
import { percent, processes } from '../in-words.js';
import type { Draft, Rule } from '../rule.js';
import { measureAgain } from '../verify-command.js';
import { fallsShort, isWiderThanItsBand } from './undecided.js';

/** Without a baseline: a median not known to half of itself tells a moderate regression (+50 %) from nothing no more. */
const VAGUE = 0.5;

/** Enough processes for an interval, but one too wide to decide by. */
export const tooNoisy: Rule = {
  id: 'too-noisy',
  summary: 'The interval is wider than the changes that are to be told apart, and not for lack of processes.',
  examine: (evidence) =>
    evidence.probes.flatMap((probe) =>
      evidence.run.comparison === undefined ? vague(probe, evidence) : undecided(probe, evidence),
    ),
};

function undecided(probe: ProbeEvidence, { run }: Evidence): Draft[] {
  const asked = run.comparison?.confidence ?? 0.95;
  const noisy = probe.compared.filter(
    (one) => one.verdict === 'undecided' && !fallsShort(one.confidence, asked) && isWiderThanItsBand(one),
  );
  const worst = noisy.toSorted((a, b) => b.high / b.low - a.high / a.low)[0];
  if (worst === undefined) return [];
  const { ratio, low, high, threshold, needed, metric } = worst;
  return [
    {
      severity: 'minor',
      title: `${probeTitle(probe.probe)}: ${metric} is too noisy to decide`,
      detail: `${metricsInWords(noisy)} Changes within ${percent(threshold)} are to count as equal, and the interval is wider than that on ${processes(worst.processes.b)}. ${needed === undefined ? 'More processes alone are not expected to decide it.' : `About ${needed} more on each side should decide it.`}${unsteadyInWords(probe)}`,
      probe: probe.probe,
      metric,
      unit: 'ratio',
      observed: { estimate: ratio, low, high },
      evidence: noisy.map(({ id }) => id),
      verify: `See what disturbs with perfkit doctor, then: ${measureAgain(probe.probe, needed === undefined ? '--time 1s' : `--processes ${worst.processes.b + needed}`)}`,
      effect: Math.min(1, Math.log(high / low)),
    },
  ];
}

function vague(probe: ProbeEvidence, { confidence }: Evidence): Draft[] {
  const wide = probe.summaries
    .filter(({ judged, estimate }) => judged && estimate > 0)
    .filter((one) => !fallsShort(one.confidence, confidence))
    .map((one) => ({ ...one, width: (one.high - one.low) / one.estimate }))
    .toSorted((a, b) => b.width - a.width)[0];
  if (wide === undefined || wide.width <= VAGUE) return [];
  const { metric, unit, estimate, low, high } = wide;
  return [
    {
      severity: 'info',
      title: `${probeTitle(probe.probe)}: ${metric} is too noisy to tell much`,
      detail: `Between ${processes(wide.processes)} it differs so much that its interval spans ${percent(wide.width)} of it.${unsteadyInWords(probe)}`,
      probe: probe.probe,
      metric,
      unit,
      observed: { estimate, low, high },
      evidence: probe.measurements.map(({ id }) => id),
      verify: `See what disturbs with perfkit doctor, then: ${measureAgain(probe.probe, '--time 1s')}`,
      effect: Math.min(1, wide.width),
    },
  ];
}

function metricsInWords(noisy: readonly ComparedEvidence[]): string {
  return noisy.length === 1
    ? 'It is undecided.'
    : `${noisy.length} of its metrics are undecided; this one is the widest.`;
}

/** A warm-up that was not over is a cause that the user can do something about. */
function unsteadyInWords({ measurements }: ProbeEvidence): string {
  const unsteady = measurements.filter(({ warnings }) =>
    warnings.some(({ code }) => code === 'bench/not-steady'),
  );
  if (unsteady.length === 0) return '';
  return ` In ${unsteady.length} of ${processes(measurements.length)} its speed still changed after the warm-up: a longer one (warmupMs) may help.`;
}
