import { probeTitle, type Summary } from '@perf/schema';
import type { Evidence, ProbeEvidence } from '../evidence.js';
import { processes } from '../in-words.js';
import type { Draft, Rule } from '../rule.js';
import { compareAgain, measureAgain } from '../verify-command.js';
import { fallsShort, isWiderThanItsBand } from './undecided.js';

/** Processes with which the interval of a median can attain a confidence, by the sign test: 1 - 2 / 2^n. */
function processesFor(confidence: number): number {
  return Math.ceil(1 - Math.log2(1 - confidence));
}

/** Too few processes for a verdict, or for intervals that hold as asked. */
export const tooFewProcesses: Rule = {
  id: 'too-few-processes',
  summary:
    'More processes would decide a comparison, or give the intervals the confidence that was asked for.',
  examine: (evidence) =>
    evidence.run.comparison === undefined
      ? shortRun(evidence)
      : evidence.probes.flatMap((probe) => undecided(probe, evidence)),
};

function undecided(probe: ProbeEvidence, { run }: Evidence): Draft[] {
  const asked = run.comparison?.confidence ?? 0.95;
  const open = probe.compared.filter(
    (one) =>
      one.verdict === 'undecided' &&
      one.needed !== undefined &&
      (fallsShort(one.confidence, asked) || !isWiderThanItsBand(one)),
  );
  const most = open.toSorted((a, b) => (b.needed ?? 0) - (a.needed ?? 0))[0];
  if (most?.needed === undefined) return [];
  const { metric, ratio, low, high, needed } = most;
  const total = Math.max(most.processes.a, most.processes.b) + needed;
  const inPairs = most.method !== undefined;
  return [
    {
      severity: 'minor',
      title: `${probeTitle(probe.probe)}: too few processes to decide ${metric}`,
      detail: `It is undecided with ${most.processes.a} and ${processes(most.processes.b)}; about ${needed} more on each side should decide it. Undecided is not the same as no change. ${inPairs ? 'Compare the same two versions again, with more pairs and more time for them (--budget).' : 'The baseline needs them too: measure it again and set it before.'}`,
      probe: probe.probe,
      metric,
      unit: 'ratio',
      observed: { estimate: ratio, low, high },
      evidence: open.map(({ id }) => id),
      verify: (inPairs ? compareAgain : measureAgain)(probe.probe, `--processes ${total}`),
      effect: 1 - 1 / needed,
    },
  ];
}

/** One finding for the whole run: the number of processes is a setting of the run. */
function shortRun({ probes, confidence }: Evidence): Draft[] {
  const short = probes.flatMap(({ measurements, summaries }) => {
    const lacking = summaries.filter((one) => one.judged && fallsShort(one.confidence, confidence));
    return lacking.length === 0 ? [] : [{ measurements, lacking }];
  });
  if (short.length === 0) return [];
  const counts = short
    .flatMap(({ lacking }) => lacking.map((one: Summary) => one.processes))
    .toSorted((a, b) => a - b);
  const [low, high] = [counts[0] ?? 0, counts.at(-1) ?? 0];
  const wanted = processesFor(confidence);
  return [
    {
      severity: 'info',
      title: 'The run: too few processes for its intervals',
      detail: `${short.length === 1 ? 'One probe has' : `${short.length} probes have`} intervals that hold less often than was asked for, ${Number((confidence * 100).toPrecision(4))} %. From ${wanted} processes on they can.`,
      metric: 'processes',
      unit: 'count',
      observed: { estimate: counts[Math.floor(counts.length / 2)] ?? low, low, high },
      evidence: short.flatMap(({ measurements }) => measurements.map(({ id }) => id)),
      verify: measureAgain(undefined, `--processes ${wanted}`),
      effect: 1 - high / wanted,
    },
  ];
}
