import { existsSync, readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeError } from '@perf/schema/core';
import type { LoadingOptions } from '../protocol.js';
import { blankTypes } from './blank-types.js';
import { adapterFor, beginWith, bundlersModule, bundlersUrl, follow, isOwn } from './own-modules.js';
import { asksLater, NEEDED, note, type Seen, wasSeen } from './seen.js';

/** What the hooks are given. */
export interface HookData {
  readonly options: LoadingOptions;
  readonly seen: Seen;
}

let options: LoadingOptions;
let seen: Seen;
/** URLs of modules of perfkit: what those ask for later needs no hooks. */
const perfkits = new Set<string>();

export const initialize: InitializeHook<HookData> = (given) => {
  ({ options, seen } = given);
};

/**
 * Resolves as Node.js does, and where that fails: `./cache.js` to a `./cache.ts` beside it, as TypeScript spells it,
 * and `@perf/*` to the copies that perfkit brought along. Modules of a benchmark file of another tool get perfkit's
 * adapter in its place, and may spell paths as bundlers allow.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const adapter = adapterFor(specifier, context);
  const file = beginWith(specifier);
  if (adapter !== undefined || file !== undefined) note(seen, NEEDED);
  if (adapter !== undefined) return await next(adapter, { ...context, parentURL: options.resolveFrom });
  const found = await resolveSource(file ?? specifier, context, next);
  follow(specifier, context, found.url);
  if (isPerfkits(specifier) || (specifier.startsWith('.') && perfkits.has(context.parentURL ?? ''))) {
    perfkits.add(found.url);
  }
  return found;
};

const resolveSource: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    note(seen, NEEDED);
    const code = codeOf(error);
    const bundled = isOwn(context.parentURL) ? bundlersUrl(specifier, context) : undefined;
    if (bundled !== undefined && code !== 'ERR_INVALID_MODULE_SPECIFIER') return await next(bundled, context);
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
    if (isPerfkits(specifier)) return await next(specifier, { ...context, parentURL: options.resolveFrom });
    const source = specifier.replace(/\.(m?)js$/, '.$1ts');
    if (source === specifier || !/^(\.{0,2}\/|file:)/.test(specifier)) throw error;
    try {
      return await next(source, context);
    } catch {
      throw error;
    }
  }
};

/** Loads `.ts`, `.mts` and `.cts` with their types blanked; the rest as Node.js does, but for modules of such a file. */
export const load: LoadHook = async (url, context, next) => {
  if (!/^file:.*\.[mc]?ts$/.test(url)) {
    const type = () => packageType(dirname(fileURLToPath(url)));
    const bundled = isOwn(url) ? bundlersModule(url, context, type) : undefined;
    if (bundled !== undefined) return { ...bundled, shortCircuit: true };
    const loaded = await next(url, context);
    if (!wasSeen(seen, NEEDED) && !perfkits.has(url) && asksLater(String(loaded.source ?? '')))
      note(seen, NEEDED);
    return loaded;
  }
  note(seen, NEEDED);
  const file = fileURLToPath(url);
  return { format: formatOf(file), source: await blankedFile(file), shortCircuit: true };
};

/** An error crosses to the main thread as its message and code alone: place and remedy go into the message. */
async function blankedFile(file: string): Promise<string> {
  try {
    return await blankTypes(readFileSync(file, 'utf8'), file, options.cacheFolder);
  } catch (error) {
    throw Object.assign(new SyntaxError(describeError(error)), { code: codeOf(error) });
  }
}

function formatOf(file: string): 'module' | 'commonjs' {
  if (file.endsWith('.mts')) return 'module';
  if (file.endsWith('.cts')) return 'commonjs';
  return packageType(dirname(file)) === 'commonjs' ? 'commonjs' : 'module';
}

/** The `type` of the nearest package.json; a package that says nothing gets what perf files are written in. */
function packageType(folder: string): unknown {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: unknown }).type;
  return dirname(folder) === folder ? undefined : packageType(dirname(folder));
}

function isPerfkits(specifier: string): boolean {
  return specifier.startsWith('@perf/');
}

function codeOf(error: unknown): unknown {
  return error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
}
