import { readFileSync } from 'node:fs';
import type { LoadHookContext, ResolveHookContext } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sourceFile } from './source-file.js';

/** Prefix of the specifier that begins the loading of a benchmark file of another tool. */
export const MEASURED = 'perfkit:measured:';
/** Prefix of the specifier of an adapter, from wherever it is asked for. */
export const ADAPTER = 'perfkit:adapter:';

/** Where a benchmark file gets its tool from. */
const ADAPTER_OF: Readonly<Record<string, string>> = {
  collection: '@perf/bench/adapters',
  tinybench: '@perf/bench/tinybench',
  mitata: '@perf/bench/mitata',
  'mitata/src/main.mjs': '@perf/bench/mitata',
  vitest: '@perf/bench/vitest',
  '@perf/bench/tinybench': '@perf/bench/tinybench',
  '@perf/bench/mitata': '@perf/bench/mitata',
  '@perf/bench/vitest': '@perf/bench/vitest',
};

/** URLs of the benchmark file and of the modules of its project that it reaches by path; empty for a file of ours. */
const own = new Set<string>();

/** Whether a module belongs to a benchmark file of another tool. */
export function isOwn(url: string | undefined): boolean {
  return url !== undefined && own.has(url);
}

/** Begins with the benchmark file that a specifier names, and gives its URL; undefined for any other specifier. */
export function beginWith(specifier: string): string | undefined {
  if (!specifier.startsWith(MEASURED)) return undefined;
  const url = specifier.slice(MEASURED.length);
  own.add(url);
  return url;
}

/** What is to be resolved in place of a tool, for modules of such a file; undefined for everything else. */
export function adapterFor(specifier: string, { parentURL }: ResolveHookContext): string | undefined {
  if (specifier.startsWith(ADAPTER)) return adapterOf(specifier.slice(ADAPTER.length));
  return isOwn(parentURL) ? adapterOf(specifier) : undefined;
}

function adapterOf(specifier: string): string | undefined {
  return Object.hasOwn(ADAPTER_OF, specifier) ? ADAPTER_OF[specifier] : undefined;
}

/** Takes a module in that one of them reaches by its path, unless it is an installed one. */
export function follow(specifier: string, { parentURL }: ResolveHookContext, url: string): void {
  if (isOwn(parentURL) && isPath(specifier) && !url.includes('/node_modules/')) own.add(url);
}

/** The URL of a file that one of them spells as bundlers allow it: without an ending, or as a folder. */
export function bundlersUrl(specifier: string, { parentURL }: ResolveHookContext): string | undefined {
  if (!isOwn(parentURL) || !/^(\.{0,2}\/|\.{1,2}$)/.test(specifier)) return undefined;
  const file = sourceFile(fileURLToPath(new URL(specifier, parentURL)));
  return file === undefined ? undefined : pathToFileURL(file).href;
}

/**
 * Such a module as a bundler reads it where Node.js would refuse it: JSON without an attribute, and a module of a
 * package that does not say that it has some.
 *
 * @param packageType - Gives the `type` of its package.
 */
export function bundlersModule(
  url: string,
  { format, importAttributes }: LoadHookContext,
  packageType: () => unknown,
): { format: 'module'; source: string } | undefined {
  const read = () => readFileSync(fileURLToPath(url), 'utf8');
  if (url.endsWith('.json') && importAttributes.type === undefined) {
    return { format: 'module', source: `export default ${read()};` };
  }
  if (!url.endsWith('.js') || format === 'module' || packageType() !== undefined) return undefined;
  const source = read();
  return /^\s*(?:import|export)\b/m.test(source) ? { format: 'module', source } : undefined;
}

function isPath(specifier: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|#|file:)/.test(specifier);
}
