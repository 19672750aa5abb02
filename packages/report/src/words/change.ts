import type { Better, Unit } from '@perf/schema';

/** From three times on, a factor reads better than a percentage. It is also where a regression becomes critical. */
const manyTimes = 3;

/**
 * A ratio of two variants in words: `23 % slower`, `12 % faster`, `8 % hungrier`, `11.7 × slower`, `the same`.
 *
 * A percentage is the change of the figure itself: 12 % faster means that the time fell by 12 %.
 *
 * @param ratio - b over a, unitless; 1.23 means that b reads 23 % higher.
 * @param better - Which direction is better for this metric.
 * @param unit - Of the metric; `ns` unless given.
 */
export function formatChange(ratio: number, better: Better, unit: Unit = 'ns'): string {
  const size = sizeOf(ratio);
  if (size === undefined) return 'the same';
  return `${size} ${changeWord(ratio, better, unit)}`;
}

/** The interval of a ratio, in the manner in which `formatChange` prints its estimate: `+18 % to +29 %`. */
export function formatChangeRange(ratio: number, low: number, high: number): string {
  if (ratio >= manyTimes) return `${times(low)} to ${times(high)}`;
  if (isFewer(ratio) && low > 0) return `${times(1 / high)} to ${times(1 / low)}`;
  const decimals = decimalsOf(ratio);
  return `${signed(low, decimals)} to ${signed(high, decimals)}`;
}

/** A fraction such as a threshold: `15 %`, `2.5 %`. */
export function formatFraction(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`;
}

function changeWord(ratio: number, better: Better, unit: Unit): string {
  const worse = better === 'lower' ? ratio > 1 : ratio < 1;
  if ((unit === 'ns' && better === 'lower') || (unit === '1/s' && better === 'higher')) {
    return worse ? 'slower' : 'faster';
  }
  if (unit === 'bytes' && better === 'lower') return worse ? 'hungrier' : 'leaner';
  return ratio > 1 ? 'more' : 'less';
}

/** How much, without direction; nothing if it rounds to no change. */
function sizeOf(ratio: number): string | undefined {
  if (ratio >= manyTimes) return times(ratio);
  if (isFewer(ratio)) return times(1 / ratio);
  const percent = Math.abs((ratio - 1) * 100).toFixed(decimalsOf(ratio));
  return Number(percent) === 0 ? undefined : `${percent} %`;
}

function isFewer(ratio: number): boolean {
  return ratio > 0 && ratio <= 1 / manyTimes;
}

function times(ratio: number): string {
  const decimals = ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2;
  return `${ratio.toFixed(decimals)} ×`;
}

/** One decimal below 10 %, where a whole percent would be coarse. */
function decimalsOf(ratio: number): number {
  return Math.abs(ratio - 1) * 100 < 9.95 ? 1 : 0;
}

function signed(ratio: number, decimals: number): string {
  const text = ((ratio - 1) * 100).toFixed(decimals);
  const number = Number(text) === 0 ? text.replace('-', '') : text;
  return `${number.startsWith('-') || Number(number) === 0 ? '' : '+'}${number} %`;
}
