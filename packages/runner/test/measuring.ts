import { join } from 'node:path';
import type { Measurement } from '@perf/schema';
import type { MeasurePlan, RunEvent } from '../src/index.js';
import { built } from './built.js';

/** Measures a folder's perf files with the built runner and collects the events. */
export async function measureFolder(
  root: string,
  plan: Partial<MeasurePlan> = {},
): Promise<{ events: RunEvent[]; measurements: Measurement[] }> {
  const { discover, measureVariants } = await built();
  const events: RunEvent[] = [];
  const variants = plan.variants ?? [{ label: 'only', root, files: await discover(root) }];
  for await (const event of measureVariants({ ...planFor(root), ...plan, variants })) events.push(event);
  return {
    events,
    measurements: events.flatMap((event) => (event.type === 'measured' ? [event.measurement] : [])),
  };
}

/** So many processes for every probe, each as short as can be. */
export function efforts(processes: number): MeasurePlan['effortOf'] {
  return () => ({ processes, budget: { timeMs: 1, warmupMs: 1, share: 1 } });
}

/** A plan with one process per probe and nothing special. `@perf/*` comes from this package. */
export function planFor(root: string): Omit<MeasurePlan, 'variants'> {
  return {
    effortOf: efforts(1),
    deadlineMs: 20_000,
    seed: 7,
    signal: new AbortController().signal,
    loading: { cacheFolder: join(root, '.cache'), resolveFrom: import.meta.url },
  };
}
