import { LeakError } from './leak-error.js';

/** Timers of Node.js overflow above 24.8 days; nothing here needs a day. */
const DAY_MS = 86_400_000;

/** @throws {LeakError} `leak/not-a-function`. */
export function requireFunction(maker: string, fn: unknown): void {
  if (typeof fn === 'function') return;
  throw new LeakError('leak/not-a-function', `${maker}() measures a function.`, {
    seen: typeof fn,
    remedy: `Write ${maker}(() => …).`,
  });
}

/** @throws {LeakError} `leak/option` unless it is absent or a whole number from `least`. */
export function wholeNumber(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  refuse(name, value, `a whole number from ${least}`);
}

/** @throws {LeakError} `leak/option` unless it is absent or above 0 and finite. */
export function positive(name: string, value: number | undefined): void {
  if (value === undefined || (value > 0 && Number.isFinite(value))) return;
  refuse(name, value, 'a finite number above 0');
}

/** @throws {LeakError} `leak/option` unless it is absent or above 0 and at most a day [ms]. */
export function duration(name: string, value: number | undefined): void {
  if (value === undefined || (value > 0 && value <= DAY_MS)) return;
  refuse(name, value, 'a number above 0 and at most a day (86,400,000)');
}

/** @throws {LeakError} `leak/option` unless it is absent or a list of texts that are not empty, and expressions. */
export function patterns(name: string, value: readonly (string | RegExp)[] | undefined): void {
  if (value === undefined) return;
  const isPattern = (one: unknown) => one instanceof RegExp || (typeof one === 'string' && one !== '');
  if (Array.isArray(value) && value.every(isPattern)) return;
  refuse(name, JSON.stringify(value), "a list such as ['LRUCache', /^pool: /]");
}

function refuse(name: string, value: number | string, wanted: string): never {
  throw new LeakError('leak/option', `The option "${name}" is ${value}.`, {
    seen: value,
    remedy: `Give ${wanted}.`,
  });
}
