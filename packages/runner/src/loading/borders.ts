import { isAbsolute, join, relative, sep } from 'node:path';
import type { Apart, LoadingOptions, Replacement } from '../protocol.js';
import { RunnerError } from '../runner-error.js';

/** What a module asked for, and what it would get. Paths are absolute and real. */
export interface Reached {
  readonly specifier: string;
  /** File of the module that asks; undefined for the first one. */
  readonly importer: string | undefined;
  /** File that it would get; undefined where that is no file, such as a module of Node's own. */
  readonly target: string | undefined;
}

/** Where a module gets a package from in place of what it would find. */
export interface Detour {
  /** Folder to look from. */
  readonly from: string;
  /** What it would find counts as a copy of its own, and stays, unless the replacement stands in for it. */
  readonly unlessOwn?: Replacement;
  /** Whether that is the version that the variant is about. */
  readonly replaces: boolean;
}

/**
 * The detour for what a module asks for by name, or undefined if it gets what it finds.
 *
 * The project's own modules get a replaced package from elsewhere always, those of installed packages unless they have
 * a copy of their own. What lies beside the replacement gets what it finds, but peer dependencies from the project.
 */
export function detourOf(
  { replace = {} }: Pick<LoadingOptions, 'replace'>,
  specifier: string,
  importer: string | undefined,
): Detour | undefined {
  const name = packageNameOf(specifier);
  if (name === undefined) return undefined;
  const home = Object.values(replace).find(({ from }) => isWithin(from, importer));
  if (home !== undefined) {
    const { peers = {} } = home;
    return Object.hasOwn(peers, name) ? { from: peers[name] as string, replaces: false } : undefined;
  }
  if (!Object.hasOwn(replace, name)) return undefined;
  const replacement = replace[name] as Replacement;
  const { from } = replacement;
  return { from, replaces: true, ...(isInstalled(importer) && { unlessOwn: replacement }) };
}

/** Whether a module's own finding is one of the copies that a replacement stands in for. */
export function isReplaced({ instead }: Replacement, target: string | undefined): boolean {
  return instead.some(
    (folder) => isWithin(folder, target) && !isInstalled(target && relative(folder, target)),
  );
}

/**
 * Refuses what would make a variant measure other code than it is named after.
 *
 * @throws {RunnerError} `runner/other-sources` for a module of the tree that the variant has to stay apart from;
 * `runner/not-by-name` for a replaced package that is reached by its path.
 */
export function checkReached(
  { replace = {}, apart }: Pick<LoadingOptions, 'replace' | 'apart'>,
  { specifier, importer, target }: Reached,
): void {
  if (apart !== undefined && isSourceOf(apart, target) && !isSourceOf(apart, importer)) {
    // Probes are measured with perfkit's own copies wherever a project has none, and those may lie anywhere.
    if (specifier.startsWith('@perf/')) return;
    throw new RunnerError('runner/other-sources', `"${specifier}" leads out of this version to ${target}.`, {
      seen: target,
      remedy: `Its node_modules is shared with ${apart.other} and has a link into the sources there. Give this version one of its own with --install always.`,
      ...(importer !== undefined && { place: { file: importer } }),
    });
  }
  for (const [name, replacement] of Object.entries(replace)) {
    if (isInstalled(importer) || !isInstalled(target) || !isReplaced(replacement, target)) continue;
    throw new RunnerError('runner/not-by-name', `"${specifier}" reaches ${name} by its path.`, {
      seen: target,
      remedy: `The version to measure is put in its place only where it is asked for by name: import "${name}".`,
      ...(importer !== undefined && { place: { file: importer } }),
    });
  }
}

/** A file of a folder, for Node.js to resolve from; it need not exist. */
export function insideOf(folder: string): string {
  return join(folder, 'package.json');
}

function packageNameOf(specifier: string): string | undefined {
  return /^(?:@[^/:]+\/)?[^./:#@][^/:]*(?=\/|$)/.exec(specifier)?.[0];
}

function isSourceOf({ own, other }: Apart, file: string | undefined): boolean {
  return isWithin(other, file) && !isWithin(own, file) && !isInstalled(file && relative(other, file));
}

function isInstalled(file: string | undefined): boolean {
  return file?.split(sep).includes('node_modules') ?? false;
}

function isWithin(folder: string, file: string | undefined): boolean {
  if (file === undefined || !isAbsolute(file)) return false;
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
