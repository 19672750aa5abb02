import {
  type Compared,
  type Comparison,
  type Gate,
  type Incomparable,
  type LeakSummary,
  type Measurement,
  type ProbeId,
  probeKey,
  probeTitle,
  type Run,
  type Summary,
} from '@perf/schema';
import { type Standing, standingOf } from './standing.js';
import { visible } from './visible.js';

/** Everything the documents say of one probe. */
export interface ProbeReport {
  readonly probe: ProbeId;
  /** `suite › name (parameters)` on one line, neutralised, of any length. */
  readonly title: string;
  readonly standing: Standing;
  /** One per process, by process index. */
  readonly measurements: readonly Measurement[];
  /** The measurements that did not end well. */
  readonly failures: readonly Measurement[];
  /** Those that failed as the probe is known to. */
  readonly expected: readonly Measurement[];
  readonly summaries: readonly Summary[];
  readonly leaks: readonly LeakSummary[];
  readonly gates: readonly Gate[];
  readonly compared: readonly Compared[];
  readonly incomparable: readonly Incomparable[];
}

interface Gathered {
  readonly probe: ProbeId;
  readonly measurements: Measurement[];
  readonly summaries: Summary[];
  readonly leaks: LeakSummary[];
  readonly gates: Gate[];
  readonly compared: Compared[];
  readonly incomparable: Incomparable[];
}

/**
 * The documents turned round: by probe, in the order in which the probes first appear. Computes no figures.
 *
 * Cost: O(measurements + summaries + comparisons).
 */
export function probeReports(run: Run | undefined, comparison: Comparison | undefined): ProbeReport[] {
  const byKey = new Map<string, Gathered>();
  const of = (probe: ProbeId): Gathered => {
    const key = probeKey(probe);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const fresh: Gathered = {
      probe,
      measurements: [],
      summaries: [],
      leaks: [],
      gates: [],
      compared: [],
      incomparable: [],
    };
    byKey.set(key, fresh);
    return fresh;
  };
  for (const measurement of run?.measurements ?? []) of(measurement.probe).measurements.push(measurement);
  for (const summary of run?.summaries ?? []) of(summary.probe).summaries.push(summary);
  for (const leak of run?.leaks ?? []) of(leak.probe).leaks.push(leak);
  for (const gate of run?.gates ?? []) if (gate.probe !== undefined) of(gate.probe).gates.push(gate);
  for (const compared of comparison?.comparisons ?? []) of(compared.probe).compared.push(compared);
  for (const missing of comparison?.incomparable ?? []) of(missing.probe).incomparable.push(missing);
  return [...byKey.values()].map((gathered) => {
    const measurements = gathered.measurements.toSorted((a, b) => a.process.index - b.process.index);
    const failures = measurements.filter(({ status }) => status !== 'ok');
    const expected = measurements.filter(({ failedAsExpected }) => failedAsExpected === true);
    const title = visible(probeTitle(gathered.probe));
    return {
      ...gathered,
      title,
      measurements,
      failures,
      expected,
      standing: standingOf(failures.length > 0, { ...gathered, expected }),
    };
  });
}

/** The summary that stands for a probe: of its time, else of the first judged metric, else of the first. */
export function leadingSummary({ summaries }: Pick<ProbeReport, 'summaries'>): Summary | undefined {
  return (
    summaries.find(({ metric }) => metric === 'time') ??
    summaries.find(({ judged }) => judged) ??
    summaries[0]
  );
}
