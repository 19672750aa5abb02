import { z } from 'zod';

const PERCENT = /^\+?(\d+(?:\.\d+)?)\s*%$/;
const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|min)$/;
/** A day. Timers of Node.js end at once above 2^31-1 ms, which is 24.8 days. */
const LONGEST_MS = 24 * 60 * 60_000;
const MS = { ms: 1, s: 1000, min: 60_000 };

/** A share of change written as `20%`; inside it is a fraction (0.2). A bare number is refused: 20 or 0.2 would both be guesses. */
export const percentSchema = z
  .string({ error: 'expected a percentage such as 20%' })
  .regex(PERCENT, { error: 'expected a percentage such as 20%' })
  .transform((text) => Number(PERCENT.exec(text)?.[1]) / 100)
  .refine((share) => Number.isFinite(share), { error: 'expected a percentage that a number can hold' });

/** A time written as `300ms`, `5s` or `2min`; inside it is in milliseconds. */
export const durationSchema = z
  .string({ error: 'expected a duration such as 300ms, 5s or 2min' })
  .regex(DURATION, { error: 'expected a duration such as 300ms, 5s or 2min' })
  .transform((text) => {
    const [, amount, unit] = DURATION.exec(text) ?? [];
    return Number(amount) * MS[unit as keyof typeof MS];
  })
  .refine((ms) => ms > 0, { error: 'expected a duration above 0' })
  .refine((ms) => ms <= LONGEST_MS, { error: 'expected a duration of at most 1440min' });
