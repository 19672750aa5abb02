import { realpathSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type CoveredProbe, coverProbes, type MeasurePlan, ownSourceOf, type Variant } from '@perf/runner';
import { type Comparison, describeError, type ProbeId, probeKey, type Reach } from '@perf/schema';
import { basesOf } from './bases.js';
import { changedFiles } from './changed-files.js';
import { type BothSides, collectEvidence, type Difference } from './collect-evidence.js';
import { Diff } from './diff.js';
import { type Evidence, reachFrom } from './label.js';

/** What the coverage of a comparison's probes needs to know. */
export interface ReachPlan extends Pick<MeasurePlan, 'deadlineMs' | 'seed' | 'signal' | 'loading'> {
  readonly a: Variant;
  readonly b: Variant;
}

/**
 * Says of every compared probe whether the difference between the two variants is in code that it executes.
 *
 * Call it after the measuring: it runs each probe once more on both sides, under V8's coverage, and compares the files
 * that it loaded. Where the code is the same, nothing is run.
 *
 * @returns The comparison with `reach` on its rows, and nothing else changed. Rows stay without where it was interrupted.
 *
 * Cost: for each probe and side a process of some 0.3 s; once, a listing of the files of both sides.
 */
export async function reachOf(comparison: Comparison, plan: ReachPlan): Promise<Comparison> {
  const compared = new Set(comparison.comparisons.map(({ probe }) => probeKey(probe)));
  if (compared.size === 0) return comparison;
  const circumstances = environmentDoubts(comparison, plan);
  const labels = hasSameCode(plan)
    ? new Map([...compared].map((key) => [key, withoutDifference(circumstances)]))
    : await labelsOf(compared, plan, circumstances);
  const comparisons = comparison.comparisons.map((row) => {
    const reach = labels.get(probeKey(row.probe));
    return reach === undefined ? row : { ...row, reach };
  });
  return { ...comparison, comparisons };
}

/** Nothing but, perhaps, what the code runs on differs. */
function withoutDifference(circumstances: readonly string[]): Reach {
  return circumstances.length === 0
    ? { label: 'not-executed', reason: 'the code is the same on both sides' }
    : reachFrom({ code: [], doubts: circumstances });
}

/** Whether both sides run one and the same code, be it on different versions of Node.js. */
export function hasSameCode({ a, b }: Pick<ReachPlan, 'a' | 'b'>): boolean {
  return realpathSync(a.root) === realpathSync(b.root) && isDeepStrictEqual(a.replace ?? {}, b.replace ?? {});
}

/** What besides code differs between the two sides. */
function environmentDoubts({ variants }: Comparison, { a, b }: ReachPlan): string[] {
  const differing = [
    [variants.a.environment !== variants.b.environment, 'the environments differ'],
    [(a.execPath ?? process.execPath) !== (b.execPath ?? process.execPath), 'the binaries of Node.js differ'],
    [!isDeepStrictEqual(a.execArgv ?? [], b.execArgv ?? []), 'the flags of Node.js differ'],
    [!isDeepStrictEqual(a.env ?? {}, b.env ?? {}), 'the environment variables differ'],
  ] as const;
  return differing.flatMap(([differs, words]) => (differs ? [words] : []));
}

async function labelsOf(
  compared: ReadonlySet<string>,
  plan: ReachPlan,
  circumstances: readonly string[],
): Promise<Map<string, Reach>> {
  const bases = await basesOf(plan.a.root, plan.b.root);
  const difference: Difference = {
    bases,
    files: await changedFiles(bases),
    diff: new Diff(plan.loading.cacheFolder),
    cacheFolder: plan.loading.cacheFolder,
  };
  const labels = new Map<string, Reach>();
  const ofA = new Map<string, CoveredProbe>();
  const select = (probe: ProbeId) => compared.has(probeKey(probe));
  for await (const covered of coverProbes({ ...plan, variants: [plan.a, plan.b], select })) {
    const key = probeKey(covered.probe);
    const before = ofA.get(key);
    if (covered.variant === 0) ofA.set(key, covered);
    else if (before !== undefined) labels.set(key, await label(before, covered, difference, circumstances));
    if (covered.variant === 1) ofA.delete(key);
  }
  if (plan.signal.aborted) return labels;
  const missing = [...compared].filter((key) => !labels.has(key));
  const unseen: Reach = { label: 'unknown', reason: 'its perf file could not be loaded once more' };
  return new Map([...labels, ...missing.map((key) => [key, unseen] as const)]);
}

async function label(
  a: CoveredProbe,
  b: CoveredProbe,
  difference: Difference,
  circumstances: readonly string[],
): Promise<Reach> {
  const [{ coverage: ofA }, { coverage: ofB }] = [a, b];
  for (const coverage of [ofA, ofB]) {
    if ('unavailable' in coverage)
      return { label: 'unknown', reason: `it was not covered: ${coverage.unavailable}` };
  }
  const both = { files: { a: a.file, b: b.file }, coverage: { a: ofA, b: ofB } } as BothSides;
  try {
    const evidence = await collectEvidence(difference, both);
    const benchmark = await benchmarkEvidence(a, b, difference);
    return reachFrom({
      ...evidence,
      ...benchmark,
      doubts: [...circumstances, ...evidence.doubts, ...benchmark.doubts],
    });
  } catch (error) {
    return { label: 'unknown', reason: `it could not be looked into: ${describeError(error)}` };
  }
}

/** Whether the probe itself is the same, and whether its file takes the same things to measure. */
async function benchmarkEvidence(
  a: CoveredProbe,
  b: CoveredProbe,
  { diff, cacheFolder }: Difference,
): Promise<Pick<Evidence, 'benchmark' | 'doubts'>> {
  if (diff.contentOf(a.file) === diff.contentOf(b.file)) return { doubts: [] };
  const [ofA, ofB] = [
    await ownSourceOf(a.file, a.probe, cacheFolder),
    await ownSourceOf(b.file, b.probe, cacheFolder),
  ];
  if (ofA.hash !== ofB.hash)
    return { benchmark: 'the code of the probe itself differs between the two perf files', doubts: [] };
  return { doubts: ofA.imports === ofB.imports ? [] : ['the perf files import different things'] };
}
