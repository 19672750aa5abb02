import { type ByteUnit, byteUnits } from '@perf/schema';
import { ExpectError } from './expect-error.js';

type TimeUnit = 'ms' | 's' | 'min';
type Spaced<Unit extends string> = `${number}${'' | ' '}${Unit}`;

const MS: Readonly<Record<TimeUnit, number>> = { ms: 1, s: 1000, min: 60_000 };

/** A time such as `300ms`, `5s` or `2min`. */
export type Duration = Spaced<TimeUnit>;
/** A share of change such as `10%`. */
export type Share = Spaced<'%'>;
/** How much faster: `10%`, or `3x` for three times as fast. */
export type Lead = Share | Spaced<'x' | '×'>;
/** Bytes, as a number or such as `2KB` (2,000) or `2KiB` (2,048). */
export type Bytes = number | Spaced<ByteUnit>;

/** Timers of Node.js end at once above 24.8 days. */
const LONGEST_MS = 24 * 60 * 60_000;

/** A duration in ms, above 0 and at most a day. */
export function durationMs(name: string, text: string): number {
  const [amount, unit] = split(text);
  const ms = amount * (MS[unit as TimeUnit] ?? Number.NaN);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw wrong(name, text, 'a duration such as 300ms, 5s or 2min, above 0 and at most a day');
}

/** A percentage as a fraction >= 0: `10%` is 0.1. */
export function fractionOf(name: string, text: string): number {
  const [amount, unit] = split(text);
  if (unit === '%' && amount >= 0) return amount / 100;
  throw wrong(name, text, 'a percentage such as 10%');
}

/** How much longer the slower one takes, as a fraction >= 0: `10%` is 0.1, `3x` is 2. */
export function leadOf(name: string, text: string): number {
  const [amount, unit] = split(text);
  if (unit === '%' && amount >= 0) return amount / 100;
  if ((unit === 'x' || unit === '×') && amount >= 1) return amount - 1;
  throw wrong(name, text, 'a percentage such as 10%, or a factor from 1 such as 3x');
}

/** A number of bytes >= 0. */
export function bytesOf(name: string, given: number | string): number {
  const [amount, unit] = typeof given === 'number' ? [given, 'B'] : split(given);
  const bytes = amount * (byteUnits[unit as ByteUnit] ?? Number.NaN);
  if (bytes >= 0 && Number.isFinite(bytes)) return bytes;
  throw wrong(name, given, 'a number of bytes, or a text such as 512B, 2KB or 1MiB');
}

/** The error for an option that cannot be. */
export function wrong(name: string, seen: unknown, wanted: string): ExpectError {
  return new ExpectError('expect/option', `${name} is ${JSON.stringify(seen) ?? String(seen)}.`, {
    seen,
    remedy: `Give ${wanted}.`,
  });
}

function split(text: unknown): [amount: number, unit: string] {
  const [, amount, unit = ''] = /^\+?(\d+(?:\.\d+)?) ?(\D+)$/.exec(String(text)) ?? [];
  const value = amount === undefined ? Number.NaN : Number(amount);
  return [Number.isFinite(value) ? value : Number.NaN, unit];
}
