import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { RunnerError } from './runner-error.js';

/** Where perf files are looked for unless a configuration says otherwise. */
export const defaultPatterns: readonly string[] = ['**/*.perf.{ts,mts,js,mjs}'];

const ignored = ['**/node_modules/**', '**/dist/**', '**/.git/**', '**/.perfkit/**'];

/**
 * Finds perf files below a folder.
 *
 * @param root - Absolute folder.
 * @param patterns - Globs, files or folders, relative to `root`. A folder means every perf file in it.
 * @returns Absolute paths, sorted, each once.
 * @throws {RunnerError} `runner/no-such-file` if one without wildcards does not exist; `runner/no-perf-files` if
 * nothing is found.
 */
export async function discover(
  root: string,
  patterns: readonly string[] = defaultPatterns,
): Promise<string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    for (const file of await filesOf(root, pattern)) files.add(file);
  }
  if (files.size === 0) {
    throw new RunnerError('runner/no-perf-files', `No perf files in ${root} for ${patterns.join(', ')}.`, {
      seen: patterns,
      remedy: 'Write one, such as cache.perf.ts, that exports a suite; or name files on the command line.',
    });
  }
  return [...files].sort();
}

async function filesOf(root: string, pattern: string): Promise<string[]> {
  const path = resolve(root, pattern);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [path];
  if (stat?.isDirectory())
    return await glob([...defaultPatterns], { cwd: path, absolute: true, ignore: ignored });
  if (!/[*?{}[\]!()]/.test(pattern)) {
    throw new RunnerError('runner/no-such-file', `There is no ${pattern} in ${root}.`, {
      seen: pattern,
      remedy: 'Check the spelling; paths are relative to that folder.',
    });
  }
  const fromRoot = relative(root, path).split(sep).join('/');
  return await glob([fromRoot], { cwd: root, absolute: true, ignore: ignored });
}
