import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Outline, outlineOf } from '@perf/runner';
import { type ChangedTokens, changedTokens } from './changed-tokens.js';
import { hunksBetween } from './hunks.js';
import type { FilePair } from './pair-files.js';

/** How two versions of one script differ, with their lengths [UTF-16 units], or why that cannot be told. */
export type ScriptDiff =
  | (ChangedTokens & { readonly lengths: Readonly<Record<'a' | 'b', number>> })
  | { readonly unclear: string };

/** A line this long was written by a tool [characters]: a change in it says nothing of where. */
const LONGEST_LINE = 2_000;

/** Compares scripts, each pair once however many probes load it. */
export class Diff {
  readonly #cacheFolder: string;
  readonly #contents = new Map<string, string | undefined>();
  readonly #diffs = new Map<string, Promise<ScriptDiff>>();

  /** @param cacheFolder - Of files whose types are already blanked. */
  constructor(cacheFolder: string) {
    this.#cacheFolder = cacheFolder;
  }

  /** Equal for equal content; undefined for a file that is gone. */
  contentOf(path: string): string | undefined {
    if (!this.#contents.has(path)) this.#contents.set(path, hashOf(path));
    return this.#contents.get(path);
  }

  /** What differs between the two of a pair; all of a file that has no counterpart. */
  between(pair: FilePair): Promise<ScriptDiff> {
    const key = `${pair.a ?? ''}\0${pair.b ?? ''}`;
    const known = this.#diffs.get(key);
    if (known !== undefined) return known;
    const diff = this.#compare(pair);
    this.#diffs.set(key, diff);
    return diff;
  }

  async #compare({ a, b }: FilePair): Promise<ScriptDiff> {
    if ([a, b].some((path) => path !== undefined && isMinified(path)))
      return { unclear: 'has lines too long to tell what of them differs' };
    try {
      const [ofA, ofB] = [await this.#outline(a), await this.#outline(b)];
      const lengths = { a: ofA.length, b: ofB.length };
      if (a === undefined || b === undefined) return { a: ofA.tokens, b: ofB.tokens, lengths };
      const hunks = await hunksBetween(a, b);
      if (hunks === undefined) return { unclear: 'differs, and there is no git to tell where' };
      return { ...changedTokens(hunks, ofA, ofB), lengths };
    } catch (error) {
      return { unclear: `cannot be read as code: ${(error as Error).message}` };
    }
  }

  async #outline(path: string | undefined): Promise<Outline> {
    return path === undefined ? { tokens: [], length: 0 } : await outlineOf(path, this.#cacheFolder);
  }
}

function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}

function isMinified(path: string): boolean {
  return readFileSync(path, 'utf8')
    .split('\n')
    .some((line) => line.length > LONGEST_LINE);
}
