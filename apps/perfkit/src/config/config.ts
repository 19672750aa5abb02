import { severities } from '@perf/schema';
import { z } from 'zod';
import { limitSchema } from './limit.js';
import { durationSchema, percentSchema } from './quantities.js';

const processesSchema = z.int().min(1).max(1000);

const gatesSchema = z
  .record(z.string().min(1), limitSchema)
  .describe(
    'Absolute limits by metric, such as time: "<= 100ms", throughput: ">= 10/s" or hit_rate: ">= 95%".',
  );

const thresholdsSchema = z
  .record(z.string().min(1), percentSchema)
  .describe('Thresholds by metric, such as heap: 1%. They go before the threshold beside them.');

const probeSchema = z.strictObject({
  threshold: percentSchema.optional().describe('Threshold of this probe alone.'),
  thresholds: thresholdsSchema.optional(),
  gates: gatesSchema.optional(),
  formerly: z
    .string()
    .min(1)
    .optional()
    .describe('What it was called before, "name" or "suite › name": its history and baseline go on.'),
});

const serviceSchema = z.strictObject({
  threshold: percentSchema
    .optional()
    .describe('Change of any probe of this suite that still counts as equal, such as 20%.'),
  thresholds: thresholdsSchema.optional(),
  gates: gatesSchema.optional(),
  probes: z.record(z.string(), probeSchema).optional().describe('Settings by name of probe.'),
});

const tagsSchema = z.array(z.string().min(1)).nonempty();

/** How much is spent on measuring, and on what. */
const effortShape = {
  processes: processesSchema
    .optional()
    .describe('Fresh processes per probe. Default 7 for run, 10 for compare.'),
  time: durationSchema.optional().describe('Time to fill with samples in each process, such as 300ms.'),
  warmup: durationSchema.optional().describe('Longest warm-up in each process, such as 500ms.'),
  deadline: durationSchema.optional().describe('Time after which a process is killed, such as 60s.'),
  share: percentSchema
    .refine((share) => share > 0 && share <= 1, { error: 'expected a share above 0% and at most 100%' })
    .optional()
    .describe('Part of what probes ask for themselves, such as the seconds of a load. Default 100%.'),
  kinds: z
    .record(z.string(), z.strictObject({ processes: processesSchema }))
    .optional()
    .describe('Processes by kind of probe, such as load: { processes: 2 }.'),
  tags: tagsSchema.optional().describe('Only probes with one of these tags. --tag replaces them.'),
  notTags: tagsSchema.optional().describe('No probes with one of these tags. --not-tag replaces them.'),
};

/** `perf.config.yaml`. Every key may be left out. */
export const configSchema = z.strictObject({
  files: z
    .array(z.string().min(1))
    .nonempty()
    .optional()
    .describe(
      'Globs, files or folders of perf files, relative to this file. Default: **/*.perf.{ts,mts,js,mjs}',
    ),
  ...effortShape,
  profiles: z
    .record(z.string().min(1), z.strictObject(effortShape))
    .optional()
    .describe('Other efforts by name, for --profile. What one leaves out is as above.'),
  confidence: z
    .number()
    .min(0.5)
    .max(0.9999)
    .optional()
    .describe('Confidence of every interval and verdict. Default 0.95.'),
  threshold: percentSchema
    .optional()
    .describe('Change that still counts as equal where nothing else is said. Default 5%.'),
  thresholds: thresholdsSchema.optional(),
  services: z.record(z.string(), serviceSchema).optional().describe('Settings by name of suite.'),
  gates: z
    .strictObject({
      duration: durationSchema.optional().describe('Longest time of a whole run, such as 5min.'),
      overhead: percentSchema
        .optional()
        .describe('Most that measuring may cost the measured code, such as 10%.'),
    })
    .optional()
    .describe('Absolute limits of the whole run. Those of services and probes stand there.'),
  failOn: z
    .enum([...severities, 'undecided', 'never'])
    .optional()
    .describe('Least severity of a regression that ends with exit code 1. Default critical.'),
  failOnLeak: z.boolean().optional().describe('Whether a leak ends with exit code 1. Default true.'),
  store: z.string().min(1).optional().describe('SQLite file of the history. Default .perfkit/history.sqlite'),
  report: z.string().min(1).optional().describe('Folder of the reports. Default .perfkit/report'),
});

export type Config = z.infer<typeof configSchema>;
