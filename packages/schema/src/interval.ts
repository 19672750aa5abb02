import { z } from 'zod';
import type { Known } from './known.js';

/** An estimate with the bounds of its confidence interval. */
export const intervalSchema = z.looseObject({ estimate: z.number(), low: z.number(), high: z.number() });

export type Interval = Known<z.infer<typeof intervalSchema>>;
