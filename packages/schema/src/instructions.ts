import { z } from 'zod';
import { intervalSchema } from './interval.js';
import type { Known } from './known.js';
import { probeIdSchema } from './probe-id-schema.js';

const countFields = {
  /**
   * Instructions that one operation executes in user space: the mean of the counts, the least and the greatest of them.
   * They come from processes of their own, under flags that make V8 repeat itself, and say nothing of time.
   */
  perOperation: intervalSchema,
  /** Counts behind it. */
  counts: z.int().positive(),
  /** Operations in each count. */
  operations: z.int().positive(),
  tool: z.enum(['perf', 'callgrind']),
  version: z.string(),
  /** Flags of Node.js that they were counted under. */
  flags: z.array(z.string()),
};

const countSchema = z.looseObject(countFields);
const uncountedSchema = z.looseObject({ probe: probeIdSchema, unavailable: z.string().min(1) });

/** What a probe executes, or why that is not known. */
export const countedSchema = z.union([
  z.looseObject({ probe: probeIdSchema, ...countFields }),
  uncountedSchema,
]);

/** What a probe executes on two variants. `ratio` is b over a, `low` and `high` the furthest apart that counts were. */
export const comparedCountSchema = z.union([
  z.looseObject({
    probe: probeIdSchema,
    a: countSchema,
    b: countSchema,
    ratio: z.number(),
    low: z.number(),
    high: z.number(),
  }),
  uncountedSchema,
]);

export type InstructionCount = Known<z.infer<typeof countSchema>>;
export type CountedInstructions = Known<z.infer<typeof countedSchema>>;
export type ComparedInstructions = Known<z.infer<typeof comparedCountSchema>>;
