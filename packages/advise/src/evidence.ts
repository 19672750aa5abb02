import {
  type Compared,
  type LeakSummary,
  type Measurement,
  type ProbeId,
  probeKey,
  type Run,
  type Scalability,
  type Summary,
} from '@perf/schema';
import { scalabilityOf, summariseRun } from '@perf/stats';
import { comparisonId } from './comparison-id.js';

/** What a run and its baseline know of one probe. */
export interface ProbeEvidence {
  readonly probe: ProbeId;
  /** Of processes that ended well, in the order of the run; failed ones prove nothing of speed. */
  readonly measurements: readonly Measurement[];
  /** The same of the baseline run; empty when it was not given. */
  readonly before: readonly Measurement[];
  readonly summaries: readonly Summary[];
  readonly compared: readonly ComparedEvidence[];
  readonly leaks: readonly LeakSummary[];
  readonly scalability: Scalability | undefined;
}

/** A comparison with the id by which advice refers to it. */
export interface ComparedEvidence extends Compared {
  readonly id: string;
}

/** A run turned round by probe: what rules read. */
export interface Evidence {
  readonly run: Run;
  readonly baseline: Run | undefined;
  /** Confidence that the run's intervals were asked to keep, in (0, 1). */
  readonly confidence: number;
  /** In order of first appearance. */
  readonly probes: readonly ProbeEvidence[];
  /** Every id that a finding may rest on: measurements of both runs, and comparisons. */
  readonly ids: ReadonlySet<string>;
}

/**
 * Turns a run round by probe. Mutates nothing. A run that was killed has no summaries and no fits of
 * its scaling; they are computed then. Its growth is not pooled.
 *
 * @param baseline - The run that `run.comparison` has as its variant a, where it is at hand: for profiles.
 *
 * Cost: O(measurements); and that of `summariseRun` and `scalabilityOf` if the run lacks them.
 */
export function evidenceOf(run: Run, baseline?: Run): Evidence {
  const confidence = run.confidence ?? 0.95;
  const before = byProbe(successes(baseline));
  const measurements = byProbe(successes(run));
  const summaries = byProbe(run.summaries ?? summariseRun(run, confidence));
  const { comparison } = run;
  const compared = byProbe(
    (comparison?.comparisons ?? []).map((one) => ({
      ...one,
      id: comparison === undefined ? '' : comparisonId(comparison, one),
    })),
  );
  const leaks = byProbe(run.leaks ?? []);
  const scalability = byProbe(run.scalability ?? scalabilityOf(run, confidence));
  const probes = new Map(
    [...run.measurements, ...(comparison?.comparisons ?? [])].map(({ probe }) => [probeKey(probe), probe]),
  );
  return {
    run,
    baseline,
    confidence,
    probes: [...probes].map(([key, probe]) => ({
      probe,
      measurements: measurements.get(key) ?? [],
      before: before.get(key) ?? [],
      summaries: summaries.get(key) ?? [],
      compared: compared.get(key) ?? [],
      leaks: leaks.get(key) ?? [],
      scalability: scalability.get(key)?.[0],
    })),
    ids: new Set([
      ...[...run.measurements, ...(baseline?.measurements ?? [])].map(({ id }) => id),
      ...[...compared.values()].flat().map(({ id }) => id),
    ]),
  };
}

function successes(run: Run | undefined): readonly Measurement[] {
  return (run?.measurements ?? []).filter(({ status }) => status === 'ok');
}

function byProbe<Item extends { readonly probe: ProbeId }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = probeKey(item.probe);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
