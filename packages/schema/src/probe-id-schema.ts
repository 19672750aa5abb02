import { z } from 'zod';

/** A value that a probe can be varied over. */
export const paramValueSchema = z.union([z.string(), z.number(), z.boolean()]);

export const probeIdSchema = z.looseObject({
  suite: z.string().min(1),
  name: z.string().min(1),
  /** What kind of probe: `bench`, `load`, `leak` or one of another package's. */
  kind: z.string().min(1),
  params: z.record(z.string(), paramValueSchema),
});
