import { register } from 'node:module';
import type { BorderData } from '../loading/border-hooks.js';
import { guardRequire } from '../loading/border-require.js';
import { LOADING_VARIABLE, type LoadingOptions } from '../protocol.js';

/** What has been loaded so far. */
export interface Loaded {
  /** Whether a module got a package from elsewhere, as its variant asks for. */
  replaced(): boolean;
}

/**
 * Sets up how this process loads modules, from its environment, which it clears of it. Call it once, before anything
 * of the project is imported.
 */
export function prepareLoading(): Loaded {
  const options = JSON.parse(process.env[LOADING_VARIABLE] ?? '{}') as LoadingOptions;
  delete process.env[LOADING_VARIABLE];
  register(new URL('./hooks.js', import.meta.url), { data: options });
  if (options.replace === undefined && options.apart === undefined) return { replaced: () => false };
  const data: BorderData = { options, taken: new Int32Array(new SharedArrayBuffer(4)) };
  register(new URL('./border-hooks.js', import.meta.url), { data });
  guardRequire(data);
  return { replaced: () => Atomics.load(data.taken, 0) === 1 };
}
