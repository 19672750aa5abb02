import {
  type Advice,
  type AdviceFinding,
  type Compared,
  type ProbeId,
  probeKey,
  type Run,
  severities,
} from '@perf/schema';
import { type FailPolicy, failsAs } from '../judge/outcome.js';
import { adviceText, failureText, gateText, leakText, regressionText } from './annotation-texts.js';
import { codePlaces, type Places } from './code-places.js';
import type { Annotation } from './workflow-command.js';

/** GitHub shows so many annotations of each level per step. */
const MOST_OF_A_LEVEL = 10;

type Level = Annotation['level'];

/** Of one level the greatest weight is shown first. */
interface Weighted extends Annotation {
  readonly weight: number;
}

/**
 * What a judged run has to say at places in the code, the worst first, as many of each level as GitHub shows.
 *
 * What fails the run by its policy is an error: regressions, gates, leaks; and so is a failed probe. Other regressions
 * and advice are warnings; minor advice is a notice. All regressed metrics of a probe are one annotation.
 *
 * @param policy - What fails.
 * @param where - `folder`: where relative paths of the run start; `workspace`: top of the checkout. Both absolute.
 * @returns The annotations, and how many more there are.
 */
export function annotationsOf(
  run: Run,
  advice: Advice,
  policy: FailPolicy,
  where: { readonly folder: string; readonly workspace: string },
): { annotations: Annotation[]; omitted: number } {
  const { failOn = 'critical', failOnLeak = true } = policy;
  const tolerant = failOn === 'never';
  const places = codePlaces(run, advice, where);
  const spokenOf = new Set<string>();
  const all: Weighted[] = [
    ...regressions(run, failOn, advice, places, spokenOf),
    ...gates(run, places, tolerant ? 'warning' : 'error'),
    ...failures(run, places),
    ...leaks(run, places, failOnLeak && !tolerant ? 'error' : 'warning'),
    ...furtherAdvice(advice, places, spokenOf),
  ];
  const annotations = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    all
      .filter((one) => one.level === level)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST_OF_A_LEVEL)
      .map(({ weight: _, ...annotation }) => annotation),
  );
  return { annotations, omitted: all.length - annotations.length };
}

function regressions(
  run: Run,
  failOn: NonNullable<FailPolicy['failOn']>,
  advice: Advice,
  places: Places,
  spokenOf: Set<string>,
): Weighted[] {
  const byProbe = new Map<string, Compared[]>();
  for (const compared of run.comparison?.comparisons ?? []) {
    if (compared.verdict !== 'regressed') continue;
    const key = probeKey(compared.probe);
    byProbe.set(key, [...(byProbe.get(key) ?? []), compared]);
  }
  return [...byProbe].map(([key, metrics]) => {
    const [worst, ...others] = metrics.sort((a, b) => sizeOf(b) - sizeOf(a)) as [Compared, ...Compared[]];
    spokenOf.add(key);
    const found = advice.findings.filter(({ probe }) => probe !== undefined && probeKey(probe) === key);
    return {
      level: metrics.some((one) => failsAs(one, failOn)) ? 'error' : 'warning',
      ...regressionText(worst, others, found),
      ...places.of(worst.probe, worst.metric),
      weight: 1e6 + sizeOf(worst),
    };
  });
}

function gates(run: Run, places: Places, level: Level): Weighted[] {
  return (run.gates ?? [])
    .filter(({ state }) => state === 'failed' || state === 'not-measured')
    .map((gate) => ({
      level,
      ...gateText(gate),
      ...(gate.probe === undefined ? {} : places.of(gate.probe, gate.metric)),
      weight: 1e5,
    }));
}

/** One for each probe, however many of its processes failed. */
function failures(run: Run, places: Places): Weighted[] {
  const failed = new Map<string, Run['measurements'][number][]>();
  for (const measurement of run.measurements) {
    if (measurement.status === 'ok') continue;
    const key = probeKey(measurement.probe);
    failed.set(key, [...(failed.get(key) ?? []), measurement]);
  }
  return [...failed.values()].map((measurements) => ({
    level: 'error',
    ...failureText(measurements),
    ...places.ofFailure(measurements[0] as Run['measurements'][number]),
    weight: 1e4 + measurements.length,
  }));
}

function leaks(run: Run, places: Places, level: Level): Weighted[] {
  return (run.leaks ?? [])
    .filter(({ verdict }) => verdict === 'leaking')
    .map((leak) => {
      const site = leak.culprit?.site;
      const own = site === undefined ? {} : places.at(site.file, site.line);
      return {
        level,
        ...leakText(leak),
        ...(own.file === undefined ? places.of(leak.probe as ProbeId, leak.resource) : own),
        weight: 1e5,
      };
    });
}

/** Advice on probes that are not spoken of already, if there is a place to show it at. */
function furtherAdvice(advice: Advice, places: Places, spokenOf: ReadonlySet<string>): Weighted[] {
  return advice.findings.flatMap((finding): Weighted[] => {
    if (finding.probe !== undefined && spokenOf.has(probeKey(finding.probe))) return [];
    const place = finding.place === undefined ? {} : places.at(finding.place.file, finding.place.line);
    if (place.file === undefined) return [];
    const weight = rank(finding.severity);
    return [{ level: weight > 0 ? 'warning' : 'notice', ...adviceText(finding), ...place, weight }];
  });
}

/** How many times worse; the severity goes first, so that what fails is never left out for what does not. */
function sizeOf({ ratio, better, severity }: Compared): number {
  const worse = better === 'lower' ? ratio : 1 / ratio;
  const grade = severity === undefined ? 0 : severities.indexOf(severity);
  return grade * 1e4 + (Number.isFinite(worse) ? Math.min(worse, 9999) : 9999);
}

/** Moderate and critical advice is worth a warning. */
function rank(severity: AdviceFinding['severity']): number {
  return severity === 'info' ? -1 : severities.indexOf(severity);
}
