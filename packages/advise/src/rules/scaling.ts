import { type Interval, probeTitle, type Scalability } from '@perf/schema';
import type { Evidence, ProbeEvidence } from '../evidence.js';
import { inWords, percent } from '../in-words.js';
import type { Draft } from '../rule.js';
import { severityOfShare } from '../share-severity.js';
import { measureAgain } from '../verify-command.js';

export type Fit = NonNullable<Scalability['fit']>;

/** One of the two ways in which throughput falls short of growing with concurrency. */
export interface ScalingLimit {
  /** Name of its coefficient in the fit. */
  readonly coefficient: 'sigma' | 'kappa';
  readonly name: string;
  /** By how much it divides the throughput of n at a time. */
  readonly slowdown: (coefficient: number, n: number) => number;
  readonly meaning: (fit: Fit) => string;
  readonly verify: string;
}

/**
 * A fit that explains less than half of the variation rests on a flat line or on noise: work that never waits, in one
 * thread, goes no faster however many ask, and that needs no law.
 */
const WORTH_TRUST = 0.5;

/** Below a tenth lost at the greatest concurrency measured, the limit is real but not worth work yet. */
const WORTH_WORK = 0.1;

/**
 * Findings on one coefficient of the Universal Scalability Law, where its interval excludes 0.
 *
 * Never critical: nothing scales without loss, and what is too little is for the user to say, with a gate.
 * Source: Gunther 2007, "Guerrilla Capacity Planning", chapter 4.
 */
export function scalingLimits({ probes }: Evidence, limit: ScalingLimit): Draft[] {
  return probes.flatMap((probe) => {
    const { scalability } = probe;
    const fit = scalability?.fit;
    if (scalability === undefined || fit === undefined || !(fit.r2 >= WORTH_TRUST)) return [];
    if (!(fit[limit.coefficient].low > 0)) return [];
    const most = Math.max(...scalability.points.map(({ concurrency }) => concurrency));
    return Number.isFinite(most) ? [limited(probe, fit, most, limit)] : [];
  });
}

function limited({ probe, measurements }: ProbeEvidence, fit: Fit, most: number, limit: ScalingLimit): Draft {
  const observed: Interval = fit[limit.coefficient];
  const lost = (coefficient: number) => 1 - 1 / limit.slowdown(coefficient, most);
  const share = lost(observed.low);
  const grade = severityOfShare(share);
  return {
    severity: share < WORTH_WORK ? 'info' : grade === 'critical' ? 'moderate' : grade,
    title: `${probeTitle(probe)}: ${limit.name} limits its throughput`,
    detail: `At ${inWords(most, 'count')} at a time it costs ${percent(lost(observed.estimate))} of the throughput that would grow in proportion. ${limit.meaning(fit)} The generator and the machine have a part in it where they are shared.`,
    probe,
    metric: limit.coefficient,
    unit: 'ratio',
    observed: { estimate: observed.estimate, low: observed.low, high: observed.high },
    evidence: measurements.filter(({ artifacts }) => artifacts.load?.shape === 'scale').map(({ id }) => id),
    verify: `${limit.verify}, then see whether ${limit.coefficient} falls: ${measureAgain(probe)}`,
    effect: lost(observed.estimate),
  };
}
