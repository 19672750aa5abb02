import { z } from 'zod';
import type { Known } from './known.js';

const stableSchema = z.looseObject({
  cpuModel: z.string(),
  cores: z.int().positive(),
  /** `process.platform`: `linux`, `darwin`, `win32` … */
  os: z.string(),
  arch: z.string(),
  nodeMajor: z.int().positive(),
  /** Profile of the configuration it was measured with: another one is another effort, and so other figures. */
  profile: z.string().exactOptional(),
});

/** A fact of the moment, or why it cannot be had here. */
const factSchema = z.union([
  z.looseObject({ value: z.union([z.string(), z.number(), z.boolean()]), unit: z.string().exactOptional() }),
  z.looseObject({ unavailable: z.string().min(1) }),
]);

export const environmentSchema = z.looseObject({
  /** Derived from `stable` alone. Figures of different keys are not compared without saying so. */
  key: z.string().min(1),
  stable: stableSchema,
  /** What may differ between two runs on one machine: load, governor, container limits, steal, exact versions. */
  volatile: z.record(z.string(), factSchema),
});

export type Environment = Known<z.infer<typeof environmentSchema>>;
export type StableEnvironment = Environment['stable'];
export type EnvironmentFact = Environment['volatile'][string];
