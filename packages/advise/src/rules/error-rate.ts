import { type AdviceFinding, type LoadProfile, probeTitle } from '@perf/schema';
import type { ProbeEvidence } from '../evidence.js';
import { percent, processes, quoted } from '../in-words.js';
import type { Draft, Rule } from '../rule.js';
import { measureAgain } from '../verify-command.js';

/** What an availability of three, two and one nines allows. */
const grades: readonly (readonly [number, AdviceFinding['severity']])[] = [
  [0.1, 'critical'],
  [0.01, 'moderate'],
  [0.001, 'minor'],
];
/** Kinds of errors and their stages to name: the commonest say enough. */
const NAMED = 3;

/** Operations that failed under load, more of them than three nines of availability allow. */
export const errorRate: Rule = {
  id: 'error-rate',
  summary: 'More than 0.1 % of the operations under load failed.',
  examine: ({ probes }) => probes.flatMap(failing),
};

function failing({ probe, measurements, summaries }: ProbeEvidence): Draft[] {
  const rate = summaries.find(({ metric, unit }) => metric === 'error_rate' && unit === 'ratio');
  const least = grades.at(-1)?.[0] ?? 0;
  // The far end: failures in some processes are real, whatever the others say. They grade by the near end below.
  if (rate === undefined || rate.high < least) return [];
  const measured = measurements.filter(({ metrics }) => metrics.some(({ name }) => name === 'error_rate'));
  const loads = measured.flatMap(({ artifacts: { load } }) => (load === undefined ? [] : [load]));
  // A stress test goes on until its target breaks: there failing is what was asked for.
  const meant = loads.some(({ shape }) => shape === 'stress');
  const severity = meant ? undefined : grades.find(([bound]) => rate.low >= bound)?.[1];
  const uncertain = rate.low < least && !meant;
  return [
    {
      severity: severity ?? 'info',
      title: `${probeTitle(probe)}: ${percent(rate.estimate)} of the operations failed under load`,
      detail: [
        `In the median of ${processes(rate.processes)} ${percent(rate.estimate)} of the operations failed.`,
        ...(uncertain ? ['In some processes nearly none did: what differs between them decides.'] : []),
        ...(meant ? ['A stress test ends where its target fails, so this alone is no fault.'] : []),
        ...kindsInWords(loads),
        ...beginInWords(loads),
      ].join(' '),
      probe,
      metric: 'error_rate',
      unit: 'ratio',
      observed: { estimate: rate.estimate, low: rate.low, high: rate.high },
      evidence: measured.map(({ id }) => id),
      verify: `Look for these errors in the logs of the target at that load, then see error_rate: ${measureAgain(probe)}`,
      effect: Math.min(1, rate.estimate),
    },
  ];
}

function kindsInWords(loads: readonly LoadProfile[]): string[] {
  const counts = new Map<string, number>();
  for (const { errors } of loads.flatMap(({ stages }) => stages)) {
    for (const [kind, count] of Object.entries(errors)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const named = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, NAMED);
  const shares = named.map(([kind, count]) => `${quoted(kind)} (${percent(count / total)})`);
  return [`${named.length < counts.size ? 'The commonest errors' : 'The errors'}: ${shares.join(', ')}.`];
}

/** Where they began, when the load rose: below that it held. */
function beginInWords(loads: readonly LoadProfile[]): string[] {
  const first = loads.flatMap(({ stages }) => {
    const index = stages.findIndex(({ errors }) => Object.values(errors).some((count) => count > 0));
    const stage = stages[index];
    return index > 0 && stage !== undefined ? [stage] : [];
  });
  if (first.length === 0 || first.length < loads.length) return [];
  const levels = first.map(({ concurrency, rate }) => concurrency ?? rate);
  const unit = first.every(({ concurrency }) => concurrency !== undefined)
    ? 'in flight'
    : 'arrivals a second';
  const known = levels.filter((level) => level !== undefined);
  return known.length < levels.length ? [] : [`They began at ${Math.min(...known)} ${unit}.`];
}
