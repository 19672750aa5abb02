import { performance } from 'node:perf_hooks';

/** Milliseconds in nanoseconds. */
export const mToNs = (ms: number | bigint): number => Number(ms) * 1e6;
/** Nanoseconds in milliseconds. */
export const nToMs = (ns: number | bigint): number => Number(ns) / 1e6;

/** Time since the process started [ms]. */
export const now = (): number => performance.now();
/** Time since some moment in the past [ms]. */
export const hrtimeNow = (): number => nToMs(process.hrtime.bigint());

/** A clock as tinybench describes it. */
export interface TimestampProvider {
  readonly name: string;
  readonly fn: () => number | bigint;
  readonly fromMs: (ms: number) => number | bigint;
  readonly toMs: (value: number | bigint) => number;
}

export const performanceNowTimestampProvider: TimestampProvider = {
  name: 'performanceNow',
  fn: now,
  fromMs: (ms) => ms,
  toMs: Number,
};

export const hrtimeNowTimestampProvider: TimestampProvider = {
  name: 'hrtimeNow',
  fn: process.hrtime.bigint,
  fromMs: (ms) => BigInt(Math.round(mToNs(ms))),
  toMs: nToMs,
};

/** A number with at most so many significant digits and decimals, as tables of tinybench show it. */
export function formatNumber(value: number, significantDigits = 5, maxFractionDigits = 2): string {
  if (!Number.isFinite(value)) return String(value);
  const whole = Math.max(1, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1);
  return value.toFixed(Math.max(0, Math.min(maxFractionDigits, significantDigits - whole)));
}
