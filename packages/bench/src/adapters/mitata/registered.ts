import { collection, perCollection } from '../collection.js';
import type { B } from './b.js';

/** Benchmarks that are not run yet. */
const waiting: () => { kept: B[] } = perCollection(() => {
  collection().atEnd(() => {
    for (const benchmark of takeKept()) benchmark.register();
  });
  return { kept: [] };
});

/** Keeps a benchmark until the file runs, or ends without having run it. */
export function keep(benchmark: B): void {
  collection().touch();
  waiting().kept.push(benchmark);
}

/** All benchmarks since the last call. */
export function takeKept(): B[] {
  return waiting().kept.splice(0);
}
