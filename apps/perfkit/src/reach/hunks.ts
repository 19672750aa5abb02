import { tmpdir } from 'node:os';
import { gitOutput } from './git-output.js';

/** Lines, from 1, that differ in one place. A count of 0 means that nothing of that side is in it. */
export interface Hunk {
  readonly a: { readonly line: number; readonly count: number };
  readonly b: { readonly line: number; readonly count: number };
}

/**
 * What `git diff -U0` finds between two files, whatever repositories they are in, if any.
 *
 * @returns Undefined if git cannot be run.
 */
export async function hunksBetween(a: string, b: string): Promise<Hunk[] | undefined> {
  const flags = ['--no-index', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--text'];
  const diff = await gitOutput(tmpdir(), ['diff', ...flags, '--', a, b], [0, 1]);
  return diff === undefined ? undefined : parseHunks(diff);
}

/** The hunks in what `git diff` prints for one pair of files. */
export function parseHunks(diff: string): Hunk[] {
  return [...diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map(
    ([, lineA, countA, lineB, countB]) => ({
      a: { line: Number(lineA), count: Number(countA ?? 1) },
      b: { line: Number(lineB), count: Number(countB ?? 1) },
    }),
  );
}
