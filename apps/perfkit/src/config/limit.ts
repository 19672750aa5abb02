import type { Bound, Unit } from '@perf/schema';
import { z } from 'zod';

/** A bound of a metric, in base units. Without a unit, a limit suits ratios and counts. */
export interface Limit {
  readonly bound: Bound;
  readonly limit: number;
  readonly unit: Unit | undefined;
}

const LIMIT = /^(<=|>=)\s*(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s|min|B|kB|KiB|MB|MiB|GB|GiB|\/s|%)?$/;
const EXPECTED = 'expected a limit such as "<= 100ms", ">= 10/s", ">= 95%" or "<= 2MiB"';

/** Base unit and factor of each unit that can be written; percentages are divided, so that 95% is 0.95 exactly. */
const inBase: Readonly<Record<string, readonly [Unit, number]>> = {
  ns: ['ns', 1],
  us: ['ns', 1e3],
  µs: ['ns', 1e3],
  ms: ['ns', 1e6],
  s: ['ns', 1e9],
  min: ['ns', 60e9],
  B: ['bytes', 1],
  kB: ['bytes', 1e3],
  KiB: ['bytes', 2 ** 10],
  MB: ['bytes', 1e6],
  MiB: ['bytes', 2 ** 20],
  GB: ['bytes', 1e9],
  GiB: ['bytes', 2 ** 30],
  '/s': ['1/s', 1],
  '%': ['ratio', 100],
};

/** A limit written as `<= 100ms` or `>= 95%`. */
export const limitSchema = z
  .string({ error: EXPECTED })
  .regex(LIMIT, { error: EXPECTED })
  .transform((text): Limit => {
    const [, sign, amount, written] = LIMIT.exec(text) ?? [];
    const [unit, factor] = inBase[written ?? ''] ?? [undefined, 1];
    const limit = written === '%' ? Number(amount) / factor : Number(amount) * factor;
    return { bound: sign === '<=' ? 'at-most' : 'at-least', limit, unit };
  })
  .refine(({ limit }) => Number.isFinite(limit), { error: 'expected a limit that a number can hold' });
