import { basename } from 'node:path';

/** What a changed file can do to a probe. */
export type FileKind = 'script' | 'lockfile' | 'manifest' | 'plumbing' | 'data';

const lockfiles = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
]);

/** For people and tools: nothing that runs reads it, unless it was seen to. */
const plumbing = [
  /\.(md|markdown)$/i,
  /^(licen[cs]e|notice|authors|contributors|changelog|codeowners)(\.\w+)?$/i,
  /^\.(gitignore|gitattributes|editorconfig|npmignore|mailmap)$/,
  /^\.?(prettier|eslint|biome|oxlint|stylelint|commitlint|lint-staged)[\w.-]*$/,
  /^tsconfig[\w.-]*\.json$/,
  /^perf\.config\.ya?ml$/,
];
const plumbingFolders = /(^|\/)\.(github|gitlab|circleci|changeset|husky|vscode|idea)\//;

/**
 * What kind of file it is, by its path from the base. Of a script it can be seen whether it was loaded; a `lockfile` and
 * a `manifest` say what is; `data` may be read by anything.
 */
export function fileKind(path: string): FileKind {
  const name = basename(path);
  if (lockfiles.has(name)) return 'lockfile';
  if (name === 'package.json') return 'manifest';
  if (plumbingFolders.test(path) || plumbing.some((pattern) => pattern.test(name))) return 'plumbing';
  return /\.[mc]?[jt]s$/.test(name) ? 'script' : 'data';
}

/** Fields of a package.json that say which code runs, and how. */
const deciding = [
  'type',
  'main',
  'module',
  'browser',
  'exports',
  'imports',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'bundledDependencies',
  'overrides',
  'resolutions',
  'pnpm',
  'workspaces',
] as const;

/**
 * The fields that decide what runs and differ between two manifests.
 *
 * @param before - Text of a package.json; undefined if there is none.
 * @returns `['all of it']` if one is missing or is no JSON.
 */
export function decidingFields(before: string | undefined, after: string | undefined): string[] {
  const [a, b] = [parsed(before), parsed(after)];
  if (a === undefined || b === undefined) return ['all of it'];
  return deciding.filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
