import type { BenchError } from '../bench-error.js';
import { callerPlace } from './caller-place.js';
import { refusal } from './refusal.js';

/** The error for what a benchmark file asks of its tool and perfkit cannot give, at the place where it asks. */
export function unsupportedError(what: string, remedy: string): BenchError {
  return refusal('bench/unsupported', `perfkit has no ${what}.`, { remedy, place: callerPlace() });
}

/**
 * Stands in for an export that perfkit has no counterpart of, so that a file which only imports it still loads.
 *
 * @returns A value that throws `bench/unsupported` when it is called, constructed or read from.
 */
export function unsupported(tool: string, name: string, remedy: string): never {
  const refuse = (): never => {
    throw unsupportedError(`${name} of ${tool}`, remedy);
  };
  const target = function unsupportedExport() {} as object;
  return new Proxy(target, {
    apply: refuse,
    construct: refuse,
    // Node.js and its module loader look at some symbols, and at `then`, of any value.
    get: (_, key) => (typeof key === 'symbol' || key === 'then' ? undefined : refuse()),
  }) as never;
}
