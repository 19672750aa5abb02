import { type Comparison, probeKey, type Run } from '@perf/schema';
import type { ProbeReport } from '../probe-report.js';
import type { Standing } from '../standing.js';
import { verdictCount } from '../words/headline.js';
import { badgeOf } from './badge.js';

/** A count at the top of the page. */
export interface Card {
  readonly tone: Standing;
  readonly sign: string;
  readonly count: number;
  readonly label: string;
}

/** How many comparisons ended how, or how many probes were measured, and how many failed. */
export function cardsOf(
  run: Run | undefined,
  comparison: Comparison | undefined,
  probes: readonly ProbeReport[],
): Card[] {
  const card = (tone: Standing, count: number, label: string): Card => ({
    tone,
    sign: badgeOf(tone).sign,
    count,
    label,
  });
  const failed = probes.filter(({ standing }) => standing === 'failed').length;
  const failures =
    run === undefined ? [] : [card('failed', failed, failed === 1 ? 'probe failed' : 'probes failed')];
  const absolute = [
    ...((run?.gates ?? []).length > 0 ? [card('over-limit', failedGates(run), 'gates failed')] : []),
    ...((run?.leaks ?? []).length > 0 ? [card('leaking', leakingProbes(run), 'leaking')] : []),
  ];
  if (comparison === undefined) {
    const expected = probes.filter(({ standing }) => standing === 'expected-failure').length;
    return [
      card('measured', probes.length - failed - expected, 'measured'),
      ...(expected > 0 ? [card('expected-failure', expected, 'failed as expected')] : []),
      ...absolute,
      ...failures,
    ];
  }
  return [
    ...(['regressed', 'undecided', 'improved', 'equivalent'] as const).map((verdict) =>
      card(verdict, verdictCount(comparison, verdict), verdict),
    ),
    ...(comparison.incomparable.length > 0
      ? [card('incomparable', comparison.incomparable.length, 'not compared')]
      : []),
    ...absolute,
    ...failures,
  ];
}

function failedGates(run: Run | undefined): number {
  return (run?.gates ?? []).filter(({ state }) => state === 'failed').length;
}

function leakingProbes(run: Run | undefined): number {
  const leaking = (run?.leaks ?? []).filter(({ verdict }) => verdict === 'leaking');
  return new Set(leaking.map(({ probe }) => probeKey(probe))).size;
}
