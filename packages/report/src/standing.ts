import {
  type Compared,
  type Gate,
  type Incomparable,
  type LeakSummary,
  severities,
  type Verdict,
} from '@perf/schema';

/**
 * How a probe came out, worst first. `over-limit`: a gate failed. `measured`: there was nothing to compare it with.
 * `expected-failure`: it is known to fail, and did.
 */
const standings = [
  'failed',
  'leaking',
  'regressed',
  'over-limit',
  'undecided',
  'incomparable',
  'improved',
  'equivalent',
  'measured',
  'expected-failure',
] as const;
export type Standing = (typeof standings)[number];

const verdictsByConcern: readonly Verdict[] = ['regressed', 'undecided', 'improved', 'equivalent'];

/** The worst that is true of a probe; a single regressed metric outweighs all that improved. */
export function standingOf(
  failed: boolean,
  probe: {
    readonly compared: readonly Compared[];
    readonly incomparable: readonly Incomparable[];
    readonly leaks: readonly LeakSummary[];
    readonly gates: readonly Gate[];
    readonly expected: readonly unknown[];
  },
): Standing {
  if (failed) return 'failed';
  if (probe.expected.length > 0) return 'expected-failure';
  if (probe.leaks.some(({ verdict }) => verdict === 'leaking')) return 'leaking';
  const has = (verdict: Verdict): boolean => probe.compared.some((compared) => compared.verdict === verdict);
  if (has('regressed')) return 'regressed';
  if (probe.gates.some(({ state }) => state === 'failed')) return 'over-limit';
  if (has('undecided')) return 'undecided';
  if (probe.incomparable.length > 0) return 'incomparable';
  if (has('improved')) return 'improved';
  return has('equivalent') ? 'equivalent' : 'measured';
}

/**
 * Compared metrics in the order in which people should read them: regressions (by severity, then size), undecided ones
 * (by how bad they may be), improvements (largest first), equivalent ones. Returns a new array; stable.
 */
export function worstFirst(compared: readonly Compared[]): Compared[] {
  return compared.toSorted(
    (a, b) =>
      verdictsByConcern.indexOf(a.verdict) - verdictsByConcern.indexOf(b.verdict) ||
      severityOf(b) - severityOf(a) ||
      concern(b) - concern(a),
  );
}

/** Probes worst first, by their standing and then by their worst metric. Returns a new array; stable. */
export function probesWorstFirst<Item extends { standing: Standing; compared: readonly Compared[] }>(
  probes: readonly Item[],
): Item[] {
  const worst = new Map(probes.map((probe) => [probe, worstFirst(probe.compared)[0]]));
  return probes.toSorted((a, b) => {
    const byStanding = standings.indexOf(a.standing) - standings.indexOf(b.standing);
    const [left, right] = [worst.get(a), worst.get(b)];
    if (byStanding !== 0 || left === undefined || right === undefined) return byStanding;
    return severityOf(right) - severityOf(left) || concern(right) - concern(left);
  });
}

/** How many times worse b reads than a, for ordering only; for an undecided one, how bad it may be. */
function concern({ verdict, better, ratio, low, high }: Compared): number {
  const worse = (value: number): number => (better === 'lower' ? value : 1 / value);
  if (verdict === 'undecided') return Math.max(worse(low), worse(high));
  if (verdict === 'improved') return 1 / worse(ratio);
  return worse(ratio);
}

function severityOf({ severity }: Compared): number {
  return severity === undefined ? -1 : severities.indexOf(severity);
}
