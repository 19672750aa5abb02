import type { PerfError } from '@perf/schema/core';
import { BenchError } from '../bench-error.js';

/** An error about a benchmark file, at the place in it where that is known. */
export function refusal(
  code: 'bench/unsupported' | 'bench/not-a-function' | 'bench/not-collecting',
  message: string,
  { remedy, place, seen }: { remedy: string; place: PerfError['place']; seen?: unknown },
): BenchError {
  return new BenchError(code, message, { remedy, seen, ...(place !== undefined && { place }) });
}
