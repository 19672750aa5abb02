import { existsSync, readFileSync } from 'node:fs';
import type { Coverage, CoveredScript } from '@perf/runner';
import type { Bases } from './bases.js';
import type { ChangedFiles } from './changed-files.js';
import type { Diff } from './diff.js';
import { doubtOnGenerated, doubtsOnFiles } from './doubts.js';
import type { ChangedCode, Evidence } from './label.js';
import { type FilePair, pairFiles, pathInBase, pathInPackage } from './pair-files.js';

type Side = 'a' | 'b';
const sides: readonly Side[] = ['a', 'b'];

/** How two variants differ as a whole. */
export interface Difference {
  readonly bases: Bases;
  /** Absent if there are too many files to look through. */
  readonly files: ChangedFiles | undefined;
  readonly diff: Diff;
  /** Of files whose types are already blanked. */
  readonly cacheFolder: string;
}

/** What one probe executed on both sides, and its perf file there. */
export interface BothSides {
  readonly files: Readonly<Record<Side, string>>;
  readonly coverage: Readonly<Record<Side, Coverage>>;
}

/** Brings together what differs, and what a probe executed of it. */
export async function collectEvidence(
  difference: Difference,
  { files: perfFiles, coverage }: BothSides,
): Promise<Evidence> {
  const { bases, files, diff } = difference;
  const scripts = { a: byPath(coverage.a), b: byPath(coverage.b) };
  for (const side of sides) scripts[side].delete(perfFiles[side]);
  const contentOf = (path: string) => diff.contentOf(path);
  const pairs = pairFiles([...scripts.a.keys()], [...scripts.b.keys()], bases, contentOf);
  const code: ChangedCode[] = [];
  const read = differingReads(coverage, bases, contentOf);
  const doubts = read.map((file) => `it reads ${file}, which differs`);
  doubts.push(
    ...(files === undefined ? ['there are too many files to compare'] : doubtsOnFiles(files, bases, read)),
  );
  for (const pair of pairs) {
    const stranger = outside(pair, bases);
    if (stranger !== undefined) doubts.push(`it loads ${stranger}, outside of the folders compared`);
    else {
      const found = await changedCode(pair, difference, scripts);
      code.push(...found.code);
      doubts.push(...found.doubts);
    }
  }
  for (const side of sides) doubts.push(...blindness(coverage[side]));
  if (files !== undefined) {
    const within = (side: Side) =>
      [...scripts[side].keys()].flatMap((path) => pathInBase(path, bases[side]) ?? []);
    doubts.push(...doubtOnGenerated(files, { a: within('a'), b: within('b') }));
  }
  return { code, doubts };
}

function byPath({ scripts }: Coverage): Map<string, CoveredScript[]> {
  const found = new Map<string, CoveredScript[]>();
  for (const script of scripts) found.set(script.path, [...(found.get(script.path) ?? []), script]);
  return found;
}

async function changedCode(
  pair: FilePair,
  { bases, files, diff }: Difference,
  scripts: Readonly<Record<Side, ReadonlyMap<string, readonly CoveredScript[]>>>,
): Promise<{ code: ChangedCode[]; doubts: string[] }> {
  const file = shownName(pair, bases);
  const changed = await diff.between(pair);
  if ('unclear' in changed) return { code: [], doubts: [`${file} ${changed.unclear}`] };
  const code: ChangedCode[] = [];
  for (const side of sides) {
    const path = pair[side];
    const loaded = path === undefined ? [] : (scripts[side].get(path) ?? []);
    if (path === undefined || loaded.length === 0) continue;
    const asWritten = loaded.every(({ length }) => length === changed.lengths[side]);
    if (!asWritten) return { code: [], doubts: [`${file} was changed on its way into the process`] };
    const generated = isGenerated(path, files?.known?.[side], bases[side]);
    code.push({ file, side, tokens: changed[side], loaded, generated });
  }
  return { code, doubts: [] };
}

/** Of what the repository holds, files that git ignores, or that say themselves what they were made from. */
function isGenerated(path: string, known: ReadonlySet<string> | undefined, base: string): boolean {
  if (pathInPackage(path) !== undefined) return false;
  const way = pathInBase(path, base);
  if (known !== undefined && way !== undefined && !known.has(way)) return true;
  return /^\/\/# sourceMappingURL=/m.test(readFileSync(path, 'utf8'));
}

/** Path from the base with slashes; of what is installed, from its `node_modules`. */
function shownName({ a, b }: FilePair, bases: Bases): string {
  const [path, base] = b === undefined ? [a ?? '', bases.a] : [b, bases.b];
  const installed = pathInPackage(path);
  return installed === undefined ? (pathInBase(path, base) ?? path) : `node_modules/${installed}`;
}

/** A file without a counterpart that is neither in the variant's own folder nor installed. */
function outside(pair: FilePair, bases: Bases): string | undefined {
  if (pair.a !== undefined && pair.b !== undefined) return undefined;
  return sides
    .flatMap((side) => (pair[side] === undefined ? [] : [{ path: pair[side], base: bases[side] }]))
    .find(({ path, base }) => pathInBase(path, base) === undefined && pathInPackage(path) === undefined)
    ?.path;
}

/** Files of the variant's own that were read as data and are not the same on both sides, as reports name them. */
function differingReads(
  { a, b }: Readonly<Record<Side, Coverage>>,
  bases: Bases,
  contentOf: (path: string) => string | undefined,
): string[] {
  const own = (read: readonly string[], base: string) =>
    read.filter((path) => pathInBase(path, base) !== undefined && !path.includes('.perfkit'));
  const pairs = pairFiles(own(a.read, bases.a), own(b.read, bases.b), bases, contentOf);
  return pairs
    .filter(({ a: one, b: other }) => existsSync(one ?? other ?? ''))
    .map((pair) => shownName(pair, bases));
}

function blindness({ blind }: Coverage): string[] {
  return blind === undefined ? [] : [`${blind}, whose code was not watched`];
}
