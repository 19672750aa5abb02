import { B } from './b.js';
import { type NoStats, noStats } from './no-figures.js';
import type { Benchmark } from './probe-of.js';
import { keep } from './registered.js';

/** Bits of mitata's own, for files that read them. */
export const flags: { readonly compact: number; readonly baseline: number } = { compact: 1, baseline: 2 };

/** Keeps a benchmark for the next `run()`. Its name is its function's unless it is given one. */
export function bench(name: string | Benchmark, fn?: Benchmark): B {
  const benchmark =
    typeof name === 'function' ? new B(name.name || 'anonymous', name) : new B(name, fn as Benchmark);
  keep(benchmark);
  return benchmark;
}

/** Registers a function by itself, with one value for each argument. */
export async function measure(
  fn: Benchmark,
  { args = {} }: { readonly args?: Readonly<Record<string, unknown>> } = {},
): Promise<NoStats> {
  const values = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, [value]]));
  await new B(fn?.name || 'anonymous', fn).args(values).run();
  return noStats();
}
