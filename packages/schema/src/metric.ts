import { z } from 'zod';

/** Units inside documents. They are converted only where a person reads them. */
export const units = ['ns', 'bytes', '1/s', 'ratio', 'count'] as const;
export const unitSchema = z.enum(units);
export type Unit = z.infer<typeof unitSchema>;

export const betterSchema = z.enum(['lower', 'higher']);
export type Better = z.infer<typeof betterSchema>;

/** Which side of a limit is the good one. */
export const bounds = ['at-most', 'at-least'] as const;
export type Bound = (typeof bounds)[number];

export const metricSchema = z.looseObject({
  /** Such as `time`, `heap`, `throughput` or `latency_p99`. */
  name: z.string().min(1),
  unit: unitSchema,
  better: betterSchema,
  /** The one value that stands for this process, in `unit`: the median of its samples unless its maker says otherwise. */
  value: z.number(),
  /** Single observations in the order in which they were made, in `unit`. */
  samples: z.array(z.number()).exactOptional(),
  /** Operations that each sample is the mean of. */
  batch: z.int().positive().exactOptional(),
  /** Smallest value that means something, in `unit`: what is below counts as this much when ratios are taken. */
  resolution: z.number().positive().exactOptional(),
  /** Whether a change of it may be called a regression. What is only context is not judged. */
  judged: z.boolean(),
});
