import { performance } from 'node:perf_hooks';
import { type Culprit, describeError, type Warning } from '@perf/schema/core';
import { LeakError } from '../leak-error.js';
import type { Running } from '../snapshot/retainers.js';
import type { Inspector, Limits, Subject } from '../subject/subject.js';
import { Census, type GrowingContainer, type LaterContainer, uncounted } from './census.js';
import { type Limit, limitOf } from './limits.js';
import { type Retained, type RetainedWatch, siteOf, watchRetained } from './retained-site.js';
import { SnapshotParser } from './snapshot-parser.js';
import type { ClassGrowth, SeriesCulprit, SeriesFindings } from './snapshot-series.js';
import type { LeastGrowth } from './sustained.js';

/** The windows between counts, as multiples of the shortest: two to suspect, a long one to confirm, one for its end. */
const WINDOWS = [1, 1, 9, 1] as const;
/** The rest is not run where nothing is suspected after one of the first windows. */
const SUSPECTS_UNTIL = 2;
/** Time that the window which is watched for places of allocation may take [ms]: watching may make it ten times slower. */
const WATCHED_MS = 2000;
/**
 * Iterations of the shortest window: prime, so that whatever happens every second, tenth or hundredth time is not taken
 * for something that happens each time.
 */
const PRIMES = [101, 53, 31, 17, 11, 7, 5, 3, 2] as const;

export interface CountPlan extends Limits {
  /** See `windowOf`. */
  readonly iterations: number;
  readonly least: LeastGrowth;
  readonly running: Running;
  /** Growth on a retaining path with a step that matches is no leak. */
  readonly allow: readonly RegExp[];
  /** Whether to run all windows, also where nothing is suspected after the first. */
  readonly whole: boolean;
  readonly onWindow?: (window: number, windows: number) => void;
}

/** What exact counts say of the heap. */
export interface Counted {
  /** `leaking`: some class or container grew in every window. `saturating`: it grew, and stopped. */
  readonly verdict: 'leaking' | 'saturating' | 'steady' | 'undecided';
  /** Done in each window. */
  readonly iterations: readonly number[];
  readonly growing: readonly ClassGrowth[];
  readonly containers: readonly GrowingContainer[];
  /** How many the containers that grew may hold, by their number, where nothing else grew but what is allowed. */
  readonly limits: ReadonlyMap<number, Limit>;
  /** Containers that grew and stopped: caches that are full. */
  readonly filled: readonly GrowingContainer[];
  /** The containers that grew, as they are by now; for as long as the subject's session is open. */
  readonly later: () => Promise<readonly LaterContainer[]>;
  /** Bytes that the whole heap gained per iteration, from the first snapshot to the last. */
  readonly bytesPerIteration: number;
  readonly constructors: SeriesCulprit['constructors'];
  /** Paths of growth that was allowed; where there is no other the verdict is `steady`. */
  readonly allowed: SeriesCulprit['allowed'];
  readonly culprit?: Culprit;
  readonly warnings: readonly Warning[];
}

/** Iterations of the shortest window, where all windows together may have so many. */
export function windowOf(affordable: number): number {
  const all = WINDOWS.reduce<number>((sum, times) => sum + times, 0);
  return PRIMES.find((prime) => prime * all <= affordable) ?? 2;
}

/**
 * Counts what the heap holds exactly, objects by class and the contents of containers, between windows of iterations.
 *
 * Counting does not know noise as bytes do: one object that each iteration leaves behind is as many more as there were
 * iterations, whatever its size. The snapshots are read by a process of its own.
 *
 * Where something leaks the session stays open, so that `later` can look at it again.
 *
 * @returns `undefined`, with a warning, where snapshots cannot be had. Rejects with what the program throws.
 *
 * Cost: for each count two snapshots' time of V8, and three full collections.
 */
export async function countGrowth(
  subject: Subject,
  plan: CountPlan,
): Promise<{ readonly counted?: Counted; readonly warnings: readonly Warning[] }> {
  let parser: SnapshotParser | undefined;
  try {
    parser = await SnapshotParser.start(plan.least, plan.running);
    const counted = await countWith(parser, subject, plan);
    return { counted, warnings: counted.warnings };
  } catch (error) {
    if (!(error instanceof LeakError && error.code === 'leak/snapshot')) throw error;
    return { warnings: [{ code: 'leak/no-snapshots', message: describeError(error) }] };
  } finally {
    parser?.close();
  }
}

async function countWith(parser: SnapshotParser, subject: Subject, plan: CountPlan): Promise<Counted> {
  const inspector = await subject.inspector().catch((cause: unknown) => {
    throw cause instanceof LeakError ? cause : uncounted(cause);
  });
  const census = new Census(inspector, plan.least.count);
  let isLeaking = false;
  try {
    await census.count(0);
    let findings = await parser.add(subject, 0);
    const done: number[] = [];
    let watch: RetainedWatch | undefined;
    let site: Retained | undefined;
    for (const [index, times] of WINDOWS.entries()) {
      plan.onWindow?.(index + 1, WINDOWS.length);
      const isLast = index === WINDOWS.length - 1;
      if (isLast && findings.growing.length > 0)
        watch = await watchRetained(inspector, expectedBytes(findings, done) * plan.iterations);
      const untilMs = Math.min(
        plan.untilMs,
        performance.now() + (watch ? WATCHED_MS : Number.POSITIVE_INFINITY),
      );
      const iterations = await subject.iterate(times * plan.iterations, { ...plan, untilMs });
      done.push(iterations);
      await subject.settle();
      site = await watch?.stop();
      findings = await parser.add(subject, iterations);
      await census.count(iterations);
      const isSuspect = findings.growing.length > 0 || census.has('growing');
      if (index < SUSPECTS_UNTIL && !isSuspect && !plan.whole) break;
      if (performance.now() >= plan.untilMs) break;
    }
    const counted = await concluded({ parser, census, inspector }, findings, {
      done,
      site,
      allow: plan.allow,
    });
    isLeaking = counted.verdict === 'leaking';
    return counted;
  } finally {
    if (!isLeaking) await census.close();
  }
}

/** Bytes that each iteration leaves behind in what grows. */
function expectedBytes({ growing }: SeriesFindings, done: readonly number[]): number {
  const gained = growing.reduce((sum, { bytes }) => sum + Math.max(0, bytes), 0);
  return gained / done.reduce((sum, count) => sum + count, 0);
}

/** What was run, and what the search for the place of allocation found. */
interface Ran {
  readonly done: readonly number[];
  readonly site: Retained | undefined;
  readonly allow: readonly RegExp[];
}

/** What answers questions about the heap. */
interface Sources {
  readonly parser: SnapshotParser;
  readonly census: Census;
  readonly inspector: Inspector;
}

async function concluded(
  sources: Sources,
  { totals, growing, ended }: SeriesFindings,
  { done, site, allow }: Ran,
): Promise<Counted> {
  const { parser, census } = sources;
  const isWhole = done.length === WINDOWS.length;
  const containers = await census.containers('growing');
  const filled = isWhole ? await census.containers('ended') : [];
  const isSuspect = growing.length > 0 || containers.length > 0;
  const hasEnded = isWhole && (ended.length > 0 || filled.length > 0);
  const limits = await limitsOf(sources, containers);
  const open = containers.filter(({ index }) => !limits.has(index)).map(({ id }) => id);
  const { path, constructors, allowed, isLimited, isMost } = await parser.culprit({
    containers: [...containers, ...filled].map(({ id }) => id),
    open,
    allow: allow.map(({ source, flags }) => ({ source, flags: flags.replace(/[gy]/g, '') })),
    limiting: [...limits.values()].map(({ owner }) => owner),
  });
  const isAllowed = path.length === 0 && allowed.length > 0;
  const suspected = isWhole ? 'leaking' : 'undecided';
  const verdict = isAllowed ? 'steady' : isSuspect ? suspected : hasEnded ? 'saturating' : 'steady';
  const total = done.reduce((sum, count) => sum + count, 0);
  const gained = (totals.at(-1) ?? 0) - (totals[0] ?? 0);
  const isFound = verdict === 'leaking' && path.length > 0;
  // The site is that of most bytes.
  const place =
    isFound && isMost && site?.most !== undefined ? await siteOf(sources.inspector, site.most) : undefined;
  return {
    verdict,
    iterations: done,
    growing,
    containers,
    limits: isLimited ? limits : new Map(),
    filled,
    later: () => census.later('growing'),
    bytesPerIteration: total === 0 ? 0 : gained / total,
    constructors,
    allowed,
    ...(isFound && { culprit: { path: [...path], ...(place !== undefined && { site: place }) } }),
    warnings: site?.warnings ?? [],
  };
}

/** The limits of containers by their number, of those that tell one. */
async function limitsOf(
  { parser, inspector }: Sources,
  containers: readonly GrowingContainer[],
): Promise<Map<number, Limit>> {
  const limits = new Map<number, Limit>();
  const owners = await parser.owners(containers.map(({ id }) => id));
  for (const [at, { index, size }] of containers.entries()) {
    const limit = await limitOf(inspector, owners[at] ?? [], size).catch((cause: unknown) => {
      if (cause instanceof LeakError) throw cause;
      // The owner is gone by now, say.
      return undefined;
    });
    if (limit !== undefined) limits.set(index, limit);
  }
  return limits;
}
