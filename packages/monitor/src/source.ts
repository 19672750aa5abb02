import type { Resource } from '@perf/schema';

/** Figures by name, such as `cpuUser` or `rss`. What cannot be read here says why; it is never 0. */
export type Resources = Record<string, Resource>;

/** One origin of figures: called when observing begins; what it returns is called once at the end. */
export type Source = () => () => Resources;

type Scope = Resource['scope'];
type ResourceUnit = Resource['unit'];

/** A figure that was read. */
export function read(value: number, unit: ResourceUnit, scope: Scope = 'process'): Resource {
  return { value, unit, scope };
}

/** A figure that cannot be had here, with the reason. */
export function unavailable(reason: string, unit: ResourceUnit, scope: Scope = 'process'): Resource {
  return { unavailable: reason, unit, scope };
}
