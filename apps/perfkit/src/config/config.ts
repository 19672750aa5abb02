import { severities } from '@perf/schema';
import { z } from 'zod';
import { durationSchema, percentSchema } from './quantities.js';

const serviceSchema = z.strictObject({
  threshold: percentSchema
    .optional()
    .describe('Change of any probe of this suite that still counts as equal, such as 20%.'),
  probes: z
    .record(
      z.string(),
      z.strictObject({ threshold: percentSchema.describe('Threshold of this probe alone.') }),
    )
    .optional()
    .describe('Settings by name of probe.'),
});

/** `perf.config.yaml`. Every key may be left out. */
export const configSchema = z.strictObject({
  files: z
    .array(z.string().min(1))
    .nonempty()
    .optional()
    .describe(
      'Globs, files or folders of perf files, relative to this file. Default: **/*.perf.{ts,mts,js,mjs}',
    ),
  processes: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Fresh processes per probe. Default 7 for run, 10 for compare.'),
  time: durationSchema.optional().describe('Time to fill with samples in each process, such as 300ms.'),
  warmup: durationSchema.optional().describe('Longest warm-up in each process, such as 500ms.'),
  deadline: durationSchema.optional().describe('Time after which a process is killed, such as 60s.'),
  confidence: z
    .number()
    .min(0.5)
    .max(0.9999)
    .optional()
    .describe('Confidence of every interval and verdict. Default 0.95.'),
  threshold: percentSchema
    .optional()
    .describe('Change that still counts as equal where nothing else is said. Default 5%.'),
  services: z.record(z.string(), serviceSchema).optional().describe('Settings by name of suite.'),
  failOn: z
    .enum([...severities, 'undecided', 'never'])
    .optional()
    .describe('Least severity of a regression that ends with exit code 1. Default critical.'),
  store: z.string().min(1).optional().describe('SQLite file of the history. Default .perfkit/history.sqlite'),
  report: z.string().min(1).optional().describe('Folder of the reports. Default .perfkit/report'),
});

export type Config = z.infer<typeof configSchema>;
