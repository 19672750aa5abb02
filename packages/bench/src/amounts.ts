import type { Metric, Params } from '@perf/schema';
import { BenchError } from './bench-error.js';
import type { BenchOptions } from './bench-options.js';
import { ownMetrics } from './custom-metrics.js';

/**
 * What the operations of a second work through, for each amount that the benchmark states: `items_per_second` and
 * `bytes_per_second` [1/s].
 *
 * @param throughput - Operations of a second.
 * @throws {BenchError} `bench/option` for an amount that is no finite number above 0.
 */
export function amountMetrics(options: BenchOptions, params: Params, throughput: number): Metric[] {
  const names = { items: ownMetrics.items, bytes: ownMetrics.bytes } as const;
  return (['items', 'bytes'] as const).flatMap((amount) => {
    const given = options[amount];
    if (given === undefined) return [];
    const each = typeof given === 'function' ? given(params) : given;
    checkAmount(amount, each);
    const value = each * throughput;
    return [{ name: names[amount], unit: '1/s', better: 'higher', value, judged: false } as const];
  });
}

/** Refuses an amount that no operation can work through. @throws {BenchError} `bench/option`. */
export function checkAmount(name: 'items' | 'bytes', each: unknown): void {
  if (typeof each === 'number' && each > 0 && Number.isFinite(each)) return;
  throw new BenchError('bench/option', `The option "${name}" of bench() is ${String(each)}.`, {
    seen: each,
    remedy: 'Give a finite number above 0, or a function of the parameters that returns one.',
  });
}
