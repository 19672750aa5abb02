import { type Gate, type LimitFinding, type ProbeId, probeKey, type Run, type Summary } from '@perf/schema';
import type { Config } from '../config/config.js';
import type { Limit } from '../config/limit.js';

const CONFIGURED = 'perf.config.yaml';

/**
 * How a run that is over stands to every absolute limit: those of the configuration and those that its probes set.
 *
 * A limit is met or broken when the whole interval is on one side of it, else undecided. With few processes that
 * interval attains less confidence than was asked, which each gate states; of one process the value decides. A service's gate is on every
 * probe of the suite that has the metric; services and probes that were not measured, or failed as expected, are left out.
 *
 * @param run - Ended, with its summaries and its overhead.
 */
export function gatesOf(run: Run, config: Config): Gate[] {
  const summaries = run.summaries ?? [];
  return [...wholeRun(run, config), ...services(summaries, run, config), ...ownLimits(run, summaries)];
}

function wholeRun(run: Run, { gates = {} }: Config): Gate[] {
  const found: Gate[] = [];
  // Of a comparison's interleaved runs neither has a time of its own.
  if (gates.duration !== undefined && run.finishedAt !== undefined && run.variant === undefined) {
    const took = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) * 1e6;
    const observed = { estimate: took, low: took, high: took, processes: run.measurements.length };
    found.push(
      gateOn(observed, { metric: 'duration', unit: 'ns', bound: 'at-most', limit: gates.duration * 1e6 }),
    );
  }
  if (gates.overhead !== undefined) {
    for (const [name, observed] of Object.entries({
      overhead_observation: run.overhead?.observation,
      overhead_profiling: run.overhead?.profiling,
    })) {
      const limit = { metric: name, unit: 'ratio', bound: 'at-most', limit: gates.overhead } as const;
      found.push(
        observed === undefined ? notMeasured(limit, 'no benchmark measured it') : gateOn(observed, limit),
      );
    }
  }
  return found;
}

function services(summaries: readonly Summary[], run: Run, config: Config): Gate[] {
  return Object.entries(config.services ?? {}).flatMap(([suite, service]) => {
    const measured = run.measurements.filter(
      ({ probe, failedAsExpected }) => probe.suite === suite && failedAsExpected !== true,
    );
    if (measured.length === 0) return [];
    const inSuite = summaries.filter(({ probe }) => probe.suite === suite);
    const probes = Object.entries(service.probes ?? {}).flatMap(([name, { gates }]) =>
      measured.some(({ probe }) => probe.name === name)
        ? limitsOn(
            inSuite.filter(({ probe }) => probe.name === name),
            gates,
            `${suite} › ${name}`,
          )
        : [],
    );
    return [...limitsOn(inSuite, service.gates, suite), ...probes];
  });
}

function limitsOn(
  summaries: readonly Summary[],
  gates: Readonly<Record<string, Limit>> = {},
  title: string,
): Gate[] {
  return Object.entries(gates).flatMap(([metric, { bound, limit, unit }]) => {
    const fitting = summaries.filter((summary) => summary.metric === metric);
    if (fitting.length === 0) {
      const other = [...new Set(summaries.map((summary) => summary.metric))].join(', ') || 'nothing';
      const wanted = { metric, unit: unit ?? 'ratio', bound, limit } as const;
      return [notMeasured(wanted, `${title} gave no "${metric}", but ${other}`)];
    }
    return fitting.map((summary) => {
      const wanted = { probe: summary.probe, metric, unit: summary.unit, bound, limit };
      const suits =
        unit === undefined ? summary.unit === 'ratio' || summary.unit === 'count' : unit === summary.unit;
      if (suits) return gateOn(summary, wanted);
      return notMeasured(wanted, `"${metric}" is in ${summary.unit}, and the limit in ${unit ?? 'no unit'}`);
    });
  });
}

/** The limits that probes set themselves. All processes of a probe say the same. */
function ownLimits(run: Run, summaries: readonly Summary[]): Gate[] {
  const seen = new Set<string>();
  return run.measurements.flatMap(({ probe, findings }) =>
    findings.filter(isLimit).flatMap(({ metric, unit, bound, limit }) => {
      const key = `${probeKey(probe)} ${bound} ${metric}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const found = summaries.find((one) => one.metric === metric && probeKey(one.probe) === probeKey(probe));
      const wanted = { probe, metric, unit, bound, limit };
      return [
        found === undefined
          ? notMeasured(wanted, `the probe gave no "${metric}"`, 'probe')
          : gateOn(found, wanted, 'probe'),
      ];
    }),
  );
}

function isLimit(finding: { kind: string }): finding is LimitFinding {
  return finding.kind === 'limit';
}

type Wanted = Pick<Gate, 'metric' | 'unit' | 'bound' | 'limit'> & { readonly probe?: ProbeId };
type Observed = NonNullable<Gate['observed']> & { readonly processes: number; readonly confidence?: number };

function gateOn(
  { estimate, low, high, processes, confidence }: Observed,
  wanted: Wanted,
  origin = CONFIGURED,
): Gate {
  const { probe, bound, limit } = wanted;
  const [best, worst] = bound === 'at-most' ? [low, high] : [-high, -low];
  const signed = bound === 'at-most' ? limit : -limit;
  const state = worst <= signed ? 'passed' : best > signed ? 'failed' : 'undecided';
  return {
    ...wanted,
    ...(probe !== undefined && { probe: { ...probe, params: { ...probe.params } } }),
    state,
    observed: { estimate, low, high },
    ...(confidence !== undefined && { confidence }),
    processes,
    origin,
  } as Gate;
}

function notMeasured(wanted: Wanted, reason: string, origin = CONFIGURED): Gate {
  return { ...wanted, state: 'not-measured', processes: 0, reason, origin } as Gate;
}
