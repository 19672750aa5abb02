import { readFileSync } from 'node:fs';
import { Module, register } from 'node:module';
import { guardRequire } from '../loading/border-require.js';
import type { HookData } from '../loading/hooks.js';
import { asksLater, NEEDED, nothingSeen, REPLACED, wasSeen } from '../loading/seen.js';
import { LOADING_VARIABLE, type LoadingOptions } from '../protocol.js';

/** What has been loaded so far. */
export interface Loaded {
  /** Whether a module got a package from elsewhere, as its variant asks for. */
  replaced(): boolean;
  /** Whether Node.js would have loaded all of it the same way by itself, and all that it may load later. */
  plain(): boolean;
}

/**
 * Sets up how this process loads modules, from its environment, which it clears of it. Call it once, before anything
 * of the project is imported.
 *
 * Cost: with hooks some 40 ms (`fixed-cost` of the arena), as they get a thread of their own.
 */
export function prepareLoading(): Loaded {
  const { plain = false, ...options } = JSON.parse(process.env[LOADING_VARIABLE] ?? '{}') as LoadingOptions;
  delete process.env[LOADING_VARIABLE];
  const data: HookData = { options, seen: nothingSeen() };
  const bordered = options.replace !== undefined || options.apart !== undefined;
  if (!plain) {
    register(new URL('./hooks.js', import.meta.url), { data });
    if (bordered) register(new URL('./border-hooks.js', import.meta.url), { data });
  }
  if (bordered) guardRequire(data);
  return {
    replaced: () => wasSeen(data.seen, REPLACED),
    plain: () => !wasSeen(data.seen, NEEDED) && !requiredModules().some(mayAskLater),
  };
}

/** One that is not there, such as a module that a program put into the cache itself, may ask for anything. */
function mayAskLater(file: string): boolean {
  try {
    return asksLater(readFileSync(file, 'utf8'));
  } catch {
    return true;
  }
}

/** Files of the CommonJS modules of this process: the hooks see the sources of the others only. */
function requiredModules(): string[] {
  const { _cache: cache } = Module as unknown as { readonly _cache: Readonly<Record<string, unknown>> };
  return Object.keys(cache).filter((file) => /\.c?js$/.test(file));
}
