import { z } from 'zod';
import { intervalSchema } from './interval.js';
import type { Known } from './known.js';
import { unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { severities } from './severities.js';

const adviceFindingSchema = z.looseObject({
  /** Stable id of the rule that speaks. */
  rule: z.string().min(1),
  severity: z.enum([...severities, 'info']),
  title: z.string().min(1),
  /** What was seen and what follows from it, in a sentence or two. */
  detail: z.string().exactOptional(),
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
  /** The run it is about. */
  run: z.string().exactOptional(),
  /** What a language model wrote on the findings. Every sentence cites findings by their index in `findings`. */
  explanation: z
    .looseObject({
      model: z.string(),
      sentences: z.array(z.looseObject({ text: z.string(), cites: z.array(z.int().nonnegative()).min(1) })),
    })
    .exactOptional(),
});

/** What to do about a run, each piece with its evidence. */
export type Advice = Known<z.infer<typeof adviceSchema>>;
export type AdviceFinding = Advice['findings'][number];
