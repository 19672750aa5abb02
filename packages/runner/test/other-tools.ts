import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement } from '@perf/schema';
import type { MeasurePlan } from '../src/index.js';
import { measureFolder } from './measuring.js';

const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));
/** Where perfkit brings its adapters along from. */
export const benchPackage: string = new URL('../../bench/package.json', import.meta.url).href;

/** Measures benchmark files of other tools with the built runner and the built adapters, each probe once and briefly. */
export async function measureFiles(
  root: string,
  files: readonly string[],
  plan: Partial<MeasurePlan> = {},
): Promise<{ measurements: Measurement[]; planned: number }> {
  const variants = [{ label: 'only', root, files: files.map((file) => join(root, file)) }];
  const { measurements, events } = await measureFolder(root, {
    effortOf: () => ({ processes: 1, budget: { timeMs: 10, warmupMs: 10, share: 1 } }),
    loading: { cacheFolder: join(root, '.cache'), resolveFrom: benchPackage },
    ...plan,
    variants,
  });
  return {
    measurements,
    planned: events.flatMap((event) => (event.type === 'planned' ? [event.total] : []))[0] ?? 0,
  };
}

/** Measures one of the files that other tools run as they are. */
export async function measureFixture(file: string): Promise<Measurement[]> {
  const { measurements } = await measureFiles(fixtures, [file], {
    loading: {
      cacheFolder: fileURLToPath(new URL('../node_modules/.cache/perfkit', import.meta.url)),
      resolveFrom: benchPackage,
    },
  });
  return measurements;
}

/** Each measurement by its probe, as `suite › name {params}`. */
export function byProbe(measurements: readonly Measurement[]): Record<string, Measurement> {
  return Object.fromEntries(
    measurements.map((measurement) => {
      const { suite, name, params } = measurement.probe;
      const point = Object.keys(params).length === 0 ? '' : ` ${JSON.stringify(params)}`;
      return [`${suite} › ${name}${point}`, measurement];
    }),
  );
}

/** Time of an operation [ns]. */
export function timeOf(measurement: Measurement | undefined): number {
  if (measurement?.status !== 'ok') throw new Error(measurement?.error?.message ?? 'there is no measurement');
  return measurement.metrics.find(({ name }) => name === 'time')?.value ?? Number.NaN;
}
