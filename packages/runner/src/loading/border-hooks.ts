import type { InitializeHook, ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeError, PerfError } from '@perf/schema/core';
import { checkReached, detourOf, insideOf, isReplaced } from './borders.js';
import type { HookData } from './hooks.js';
import { NEEDED, note, REPLACED } from './seen.js';

let data: HookData;

export const initialize: InitializeHook<HookData> = (given) => {
  data = given;
};

/** Takes replaced packages from where they are to come from, and refuses modules that are not of the variant. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const { options, seen } = data;
  const importer = fileOf(context.parentURL);
  const detour = detourOf(options, specifier, importer);
  if (detour !== undefined) {
    const { from, unlessOwn, replaces } = detour;
    if (unlessOwn !== undefined) {
      const find = async () => await next(specifier, context);
      const found = await find().catch(() => undefined);
      if (found !== undefined && !isReplaced(unlessOwn, fileOf(found.url))) return found;
    }
    note(seen, NEEDED);
    if (replaces) note(seen, REPLACED);
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
