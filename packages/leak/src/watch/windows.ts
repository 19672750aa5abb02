import { median } from '@perf/stats';
import { highest, lowest, type Reading } from './binned-log.js';

/** Windows of each look. */
export const WINDOWS = 2;
/** Readings that a window is judged on at most: evenness is asked of neighbours, and finer ones differ by noise alone. */
const MOST_READINGS = 32;
/** Readings that the newest third must have. */
const FEWEST_NEWEST = 12;

/**
 * The stretches of a log that are judged: all of it; and its newest third, for what began later, where that ends above
 * all that came before it. What only comes back to where it was is the swing of the load.
 */
export function windowsOf(readings: readonly Reading[]): Reading[][] {
  const from = readings.length - Math.floor(readings.length / 3);
  const [before, newest] = [readings.slice(0, from), readings.slice(from)];
  const windows = [coarse(readings)];
  if (newest.length >= FEWEST_NEWEST && level(newest.slice(-Math.floor(newest.length / 4))) > highest(before))
    windows.push(newest);
  return windows;
}

/** The same with the least of every few neighbours; the oldest that make no whole group are left out. */
function coarse(readings: readonly Reading[]): Reading[] {
  const step = Math.ceil(readings.length / MOST_READINGS);
  const groups = Math.floor(readings.length / step);
  const from = readings.length - groups * step;
  return Array.from({ length: groups }, (_, group) =>
    lowest(readings.slice(from + group * step, from + (group + 1) * step)),
  );
}

function level(readings: readonly Reading[]): number {
  return median(readings.map(({ value }) => value));
}
