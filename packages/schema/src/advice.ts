import { z } from 'zod';
import type { Known } from './known.js';
import { intervalSchema } from './measurement.js';
import { unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { severities } from './severities.js';

const adviceFindingSchema = z.looseObject({
  /** Stable id of the rule that speaks. */
  rule: z.string().min(1),
  severity: z.enum([...severities, 'info']),
  title: z.string().min(1),
  probe: probeIdSchema.exactOptional(),
  metric: z.string().min(1),
  unit: unitSchema,
  observed: intervalSchema,
  place: z
    .looseObject({ file: z.string(), line: z.int().exactOptional(), function: z.string().exactOptional() })
    .exactOptional(),
  /** Ids of the measurements and comparisons it rests on. Without evidence there is no advice. */
  evidence: z.array(z.string().min(1)).min(1),
  saving: intervalSchema.exactOptional(),
  /** A command or an action that shows whether the advice was right. */
  verify: z.string().min(1),
});

export const adviceSchema = z.looseObject({
  schema: z.literal('perf/advice@1'),
  findings: z.array(adviceFindingSchema),
});

/** What to do about a run, each piece with its evidence. */
export type Advice = Known<z.infer<typeof adviceSchema>>;
export type AdviceFinding = Advice['findings'][number];
