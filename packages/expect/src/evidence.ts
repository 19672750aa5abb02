import type { Compared } from '@perf/schema';

/** Bounds of how much worse b is than a, so that above 1 is worse whatever the metric's direction. */
export function worsening({ better, low, high }: Compared): { low: number; high: number } {
  return better === 'lower' ? { low, high } : { low: 1 / high, high: 1 / low };
}

/** Whether an interval is worth what was asked of it. Rounding errors do not count. */
export function attains({ confidence }: { readonly confidence: number }, asked: number): boolean {
  return confidence >= asked - 1e-9;
}
