import { LoadError } from './load-error.js';

/** Nothing here needs more than a day [s]; timers of Node.js overflow above 24.8 of them. */
const DAY = 86_400;

/** Refuses what is no whole number from 1 to `most`. @throws {LoadError} `load/option`. */
export function wholeNumber(name: string, value: number, most: number): void {
  if (!(Number.isInteger(value) && value >= 1 && value <= most)) {
    refuse(name, value, `a whole number from 1 to ${most.toLocaleString('en')}`);
  }
}

/** Refuses what is no finite number above 0, or above `most`. @throws {LoadError} `load/option`. */
export function positive(name: string, value: number, most: number = Number.MAX_VALUE): void {
  if (typeof value === 'number' && value > 0 && value <= most) return;
  refuse(
    name,
    value,
    most === Number.MAX_VALUE ? 'a number above 0' : `a number above 0 and at most ${most}`,
  );
}

/** Refuses what is no time from above 0 to a day [s]. @throws {LoadError} `load/option`. */
export function seconds(name: string, value: number): void {
  positive(name, value, DAY);
}

/** Refuses what is no time from above 0 to a day [ms]. @throws {LoadError} `load/option`. */
export function milliseconds(name: string, value: number): void {
  positive(name, value, DAY * 1000);
}

/** Refuses what is no number from 0 to 1. @throws {LoadError} `load/option`. */
export function ratio(name: string, value: number): void {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) refuse(name, value, 'a number from 0 to 1');
}

/** Says no, and what would be accepted. @throws {LoadError} `load/option`, always. */
export function refuse(name: string, value: unknown, wanted: string): never {
  throw new LoadError('load/option', `The option "${name}" is ${String(value)}.`, {
    seen: value,
    remedy: `Give ${wanted}.`,
  });
}
