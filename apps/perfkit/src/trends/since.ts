import { UsageError } from '../usage-error.js';

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * A time in the past from a flag: so long ago, or a day, UTC.
 *
 * @param now - Epoch [ms].
 * @returns Epoch [ms]; `undefined` if the flag is absent.
 * @throws {UsageError} `usage/since`.
 */
export function sinceOf(given: string | undefined, now: number): number | undefined {
  if (given === undefined) return undefined;
  const [, count, unit = ''] = /^(\d{1,5})([hdw])$/.exec(given) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS_MS[unit] as number);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(day)) return day;
  throw new UsageError('usage/since', `--since is "${given}".`, {
    seen: given,
    remedy: 'Give hours, days or weeks, such as 12h, 30d or 4w, or a day such as 2026-01-31.',
  });
}
