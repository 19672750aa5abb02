import { z } from 'zod';
import { unitSchema } from './metric.js';

const scopeSchema = z.enum(['process', 'machine']);

/** A figure of the process or the machine over one measurement, or why there is none. Never a 0 that was not read. */
export const resourceSchema = z.union([
  z.looseObject({ unit: unitSchema, scope: scopeSchema, value: z.number() }),
  z.looseObject({ unit: unitSchema, scope: scopeSchema, unavailable: z.string().min(1) }),
]);
