import type { HeldResource } from '../held/read-held.js';

const SECOND_MS = 1000;
const MIB = 2 ** 20;
const MOST_KINDS = 3;

/** How amounts of a resource are written: `7.2 MiB`, or `12`. */
export function inAmounts(resource: HeldResource): (value: number) => string {
  if (resource === 'fd' || resource === 'handle') return threeDigits;
  return (value) => `${threeDigits(value / MIB)} MiB`;
}

/** Such as `9.5 h`. @param ms - At least 0. */
export function inTime(ms: number): string {
  const [, unit, size] = units.find(([least]) => ms >= least) ?? last;
  return `${threeDigits(ms / size)} ${unit}`;
}

const last = [0, 's', SECOND_MS] as const;
/** From so many ms on in this unit, which has so many ms. */
const units: readonly (readonly [number, string, number])[] = [
  [172_800_000, 'days', 86_400_000],
  [5_400_000, 'h', 3_600_000],
  [120_000, 'min', 60_000],
  last,
];

/** The most frequent: `Timeout (812), TCPSocketWrap (3)`. Control characters of file names are written as escapes. */
export function listed(kinds: Readonly<Record<string, number>> = {}): string {
  const most = Object.entries(kinds)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_KINDS);
  if (most.length === 0) return 'unknown';
  return most.map(([kind, count]) => `${JSON.stringify(kind).slice(1, -1)} (${count})`).join(', ');
}

function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
