import { type ConstructorGrowth, constructorOf } from '../snapshot/constructors.js';
import { findCulprits } from '../snapshot/find-culprit.js';
import { findRetainers, type Retainers, type Running } from '../snapshot/retainers.js';
import { callbackOf, retainingPath } from '../snapshot/retaining-path.js';
import type { SnapshotNodes } from '../snapshot/snapshot-nodes.js';
import { hangsOn, ownersOf } from './owners.js';
import { type Course, courseOf, type LeastGrowth } from './sustained.js';

/** Kinds to give at most. */
const TOP = 20;
/**
 * V8's own: code and the tables about it, which come for as long as a program warms up. Who leaks code leaks the functions
 * or scripts that it belongs to.
 */
const ENGINE = new Set(['(compiled code)', '(system)', '(object shape)', '(synthetic)']);

/** Objects of one kind that each window leaves behind. */
export interface ClassGrowth extends ConstructorGrowth {
  /** Bytes gained per iteration in each window. */
  readonly rates: readonly number[];
}

/** What heap snapshots with iterations between them say together. Plain data. */
export interface SeriesFindings {
  /** Bytes of all objects on the V8 heap, by snapshot. */
  readonly totals: readonly number[];
  /** Kinds that grew in each window, most bytes first. */
  readonly growing: readonly ClassGrowth[];
  /** Kinds that grew and stopped. */
  readonly ended: readonly ClassGrowth[];
}

/** A pattern as data: a `RegExp` does not pass from process to process. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** What holds what grew. */
export interface SeriesCulprit {
  /** Kinds that became more since the first snapshot, by as much as a leak would, most bytes first. */
  readonly constructors: readonly ConstructorGrowth[];
  /** Retaining path; empty if what is new hangs on nothing together, or only where it may. */
  readonly path: readonly string[];
  /** Paths of growth that is allowed. */
  readonly allowed: readonly (readonly string[])[];
  /** Whether all that grew hangs on objects that limit it, or is allowed. */
  readonly isLimited: boolean;
  /** Whether the path is that of most bytes: what has a limit or is allowed may have more. */
  readonly isMost: boolean;
}

/** What to look for when growth is to be explained. */
export interface CulpritQuestion {
  /** Ids of objects that hold more and more: they give the path where no new objects do. */
  readonly containers: readonly number[];
  /** Growth on a path with a step that matches is left out. */
  readonly allow: readonly Pattern[];
  /** Those of them that grow and tell no limit. */
  readonly open: readonly number[];
  /** Ids of objects that limit what hangs on them. */
  readonly limiting: readonly number[];
}

/** What a class has, by what matters to growth. */
interface ClassTally {
  count: number;
  /** On the V8 heap, here and below. */
  bytes: number;
  /** Outside of it: buffers, and what Node.js holds for its objects. */
  nativeBytes: number;
  /** Objects that were made in each window so far and are still there, and their bytes. */
  readonly survivors: number[];
  readonly survivorBytes: number[];
}

interface Tally {
  readonly classes: ReadonlyMap<string, ClassTally>;
  /** Iterations since the snapshot before. */
  readonly iterations: number;
  /** Greatest id: what is made later gets a greater one. */
  readonly newest: number;
  readonly total: number;
}
/** Memory of arrays and dictionaries, which grows with what they hold and hangs on nothing of its own. */
const TABLE = '(array)';
/** Growth is that of caches with a limit if they hold this part of it, and nothing else holds enough for a leak. */
const LIMITED_SHARE = 0.5;
/** Of what was made in all windows and is still there, the class must have gained this part: else others went for it. */
const NET_SHARE = 0.5;

/**
 * Exact counts of all objects by class over some heap snapshots of one process, in which each object has its id for life.
 *
 * A class grows if each window leaves objects behind that are still there at the end, and the class as a whole grew by
 * them: what a program lets go of late hides no leak, and what a full cache exchanges is none. Keeps the counts of each
 * snapshot and the objects of the last.
 */
export class SnapshotSeries {
  readonly #tallies: Tally[] = [];
  readonly #least: LeastGrowth;
  readonly #running: Running;
  #last: SnapshotNodes | undefined;
  #retainers: Retainers | undefined;

  constructor(least: LeastGrowth, running: Running) {
    this.#least = least;
    this.#running = running;
  }

  /** Takes the next one. Cost: O(nodes). */
  add(nodes: SnapshotNodes, iterations: number): SeriesFindings {
    this.#tallies.push(
      tallyOf(
        nodes,
        iterations,
        this.#tallies.map(({ newest }) => newest),
      ),
    );
    this.#last = nodes;
    this.#retainers = undefined;
    return {
      totals: this.#tallies.map(({ total }) => total),
      growing: this.#ofCourse('growing'),
      ended: this.#ofCourse('ended'),
    };
  }

  /**
   * The objects that containers belong to, nearest first: ids, those of each container; none where a variable holds it.
   *
   * Cost: O(nodes + edges) of the last snapshot.
   */
  owners(containers: readonly number[]): number[][] {
    const nodes = this.#last;
    if (nodes === undefined) return containers.map(() => []);
    const retainers = this.#holders(nodes);
    const found = new Map(nodesOf(nodes, containers).map((node) => [nodes.id(node), node]));
    return containers.map((id) => ownersOf(nodes, retainers, found.get(id)));
  }

  /**
   * What holds the objects that are new since the first snapshot.
   *
   * Cost: O(nodes + edges) of the last snapshot.
   */
  culprit({ containers, open, allow, limiting }: CulpritQuestion): SeriesCulprit {
    const [first] = this.#tallies;
    const last = this.#tallies.at(-1);
    const nodes = this.#last;
    if (first === undefined || last === undefined || nodes === undefined)
      return { constructors: [], path: [], allowed: [], isLimited: false, isMost: false };
    const done = this.#tallies.slice(1).reduce((sum, { iterations }) => sum + iterations, 0);
    const leastCount = Math.max(1, done * this.#least.count * NET_SHARE);
    const constructors = [...last.classes]
      .map(([name, tally]) => {
        const from = first.classes.get(name);
        return { name, count: tally.count - (from?.count ?? 0), bytes: sizeOf(tally) - sizeOf(from) };
      })
      .filter(({ count, bytes }) => count >= leastCount && bytes > 0)
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, TOP);
    const growing = this.#ofCourse('growing');
    const names = new Set(growing.map(({ name }) => name));
    const retainers = this.#holders(nodes);
    const groups = findCulprits(nodes, retainers, { newerThan: first.newest, leastCount, names });
    const ends = groups.length > 0 ? groups : nodesOf(nodes, containers).map((node) => ({ node, bytes: 0 }));
    const patterns = allow.map(({ source, flags }) => new RegExp(source, flags));
    const limits = new Set(limiting);
    const isAllowed = (path: readonly string[]) =>
      path.some((step) => patterns.some((pattern) => pattern.test(step)));
    const allowed: string[][] = [];
    const limited: { readonly path: string[]; readonly bytes: number }[] = [];
    for (const { node, bytes } of ends) {
      const path = [...retainingPath(nodes, retainers, node), ...callbackOf(nodes, node, first.newest)];
      if (isAllowed(path)) allowed.push(path);
      else if (hangsOn(nodes, retainers, { node, ids: limits })) limited.push({ path, bytes });
      else {
        const isMost = allowed.length + limited.length === 0;
        return { constructors, path, allowed, isLimited: false, isMost };
      }
    }
    const grown = total(growing.filter(({ name }) => name !== TABLE).map(({ bytes }) => bytes));
    const isLimited =
      limited.length > 0 &&
      nodesOf(nodes, open).every((node) => isAllowed(retainingPath(nodes, retainers, node))) &&
      total(limited.map(({ bytes }) => bytes)) >= LIMITED_SHARE * grown;
    return { constructors, path: limited[0]?.path ?? [], allowed, isLimited, isMost: allowed.length === 0 };
  }

  #holders(nodes: SnapshotNodes): Retainers {
    this.#retainers ??= findRetainers(nodes, this.#running);
    return this.#retainers;
  }

  #ofCourse(course: Course): ClassGrowth[] {
    const spans = this.#tallies.slice(1).map(({ iterations }) => iterations);
    const classes: ClassGrowth[] = [];
    for (const [name, last] of this.#tallies.at(-1)?.classes ?? []) {
      if (ENGINE.has(name)) continue;
      const { survivors, survivorBytes } = last;
      const gains = this.#gainsOf(name, 'count');
      const bytes = this.#gainsOf(name, 'bytes');
      const isNet = total(gains) >= NET_SHARE * total(survivors);
      const left = isNet && courseOf(survivors, spans, this.#least.count) === course;
      const grew =
        courseOf(gains, spans, this.#least.count) === course ||
        courseOf(bytes, spans, this.#least.bytes) === course;
      if (!left && !grew) continue;
      const by = left ? survivorBytes : bytes;
      classes.push({
        name,
        count: left ? total(survivors) : total(gains),
        bytes: total(by),
        rates: by.map((gain, index) => gain / (spans[index] as number)),
      });
    }
    return classes.sort((a, b) => b.bytes - a.bytes).slice(0, TOP);
  }

  /** What a class gained in each window, whatever became of its objects. */
  #gainsOf(name: string, field: 'count' | 'bytes'): number[] {
    const values = this.#tallies.map(({ classes }) => classes.get(name)?.[field] ?? 0);
    return values.slice(1).map((value, index) => value - (values[index] as number));
  }
}

function sizeOf(tally: ClassTally | undefined): number {
  return tally === undefined ? 0 : tally.bytes + tally.nativeBytes;
}

/** @param newest - Greatest ids of the snapshots before, ascending. */
function tallyOf(nodes: SnapshotNodes, iterations: number, newest: readonly number[]): Tally {
  const classes = new Map<string, ClassTally>();
  let greatest = 0;
  let all = 0;
  for (let node = 0; node < nodes.count; node += 1) {
    const name = constructorOf(nodes, node);
    let entry = classes.get(name);
    if (entry === undefined) {
      entry = {
        count: 0,
        bytes: 0,
        nativeBytes: 0,
        survivors: newest.map(() => 0),
        survivorBytes: newest.map(() => 0),
      };
      classes.set(name, entry);
    }
    const isNative = nodes.kind(node) === 'native';
    const size = isNative ? 0 : nodes.size(node);
    entry.count += 1;
    entry.bytes += size;
    entry.nativeBytes += isNative ? nodes.size(node) : 0;
    all += size;
    const id = nodes.id(node);
    // Even ids are of what Node.js adds, and are not given in order of time.
    if (id % 2 === 0) continue;
    greatest = Math.max(greatest, id);
    const window = newest.findLastIndex((before) => id > before);
    if (window === -1) continue;
    entry.survivors[window] = (entry.survivors[window] ?? 0) + 1;
    entry.survivorBytes[window] = (entry.survivorBytes[window] ?? 0) + size;
  }
  return { classes, iterations, newest: greatest, total: all };
}

/** The nodes of these ids, in their order, without those that are gone. */
function nodesOf(nodes: SnapshotNodes, ids: readonly number[]): number[] {
  if (ids.length === 0) return [];
  const wanted = new Map(ids.map((id, rank) => [id, rank]));
  const found: number[] = [];
  for (let node = 0; node < nodes.count; node += 1) {
    const rank = wanted.get(nodes.id(node));
    if (rank !== undefined) found[rank] = node;
  }
  return found.filter((node) => node !== undefined);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
