import type { InitializeHook, ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeError, PerfError } from '@perf/schema/core';
import type { LoadingOptions } from '../protocol.js';
import { checkReached, detourOf, insideOf, isReplaced } from './borders.js';

/** What the hooks are given. The first element of `taken` is set to 1 once a package was taken from elsewhere. */
export interface BorderData {
  readonly options: LoadingOptions;
  readonly taken: Int32Array;
}

let data: BorderData;

export const initialize: InitializeHook<BorderData> = (given) => {
  data = given;
};

/** Takes replaced packages from where they are to come from, and refuses modules that are not of the variant. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const { options, taken } = data;
  const importer = fileOf(context.parentURL);
  const detour = detourOf(options, specifier, importer);
  if (detour !== undefined) {
    const { from, unlessOwn, replaces } = detour;
    if (unlessOwn !== undefined) {
      const find = async () => await next(specifier, context);
      const found = await find().catch(() => undefined);
      if (found !== undefined && !isReplaced(unlessOwn, fileOf(found.url))) return found;
    }
    if (replaces) Atomics.store(taken, 0, 1);
    return await next(specifier, { ...context, parentURL: pathToFileURL(insideOf(from)).href });
  }
  const found = await next(specifier, context);
  try {
    checkReached(options, { specifier, importer, target: fileOf(found.url) });
  } catch (error) {
    // It crosses to the main thread as its message and code alone: place and remedy go into the message.
    const code = error instanceof PerfError ? error.code : undefined;
    throw Object.assign(new Error(describeError(error)), { code });
  }
  return found;
};

function fileOf(url: string | undefined): string | undefined {
  return url?.startsWith('file:') ? fileURLToPath(url) : undefined;
}
