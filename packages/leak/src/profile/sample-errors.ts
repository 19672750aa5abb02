import type { HeapProfileSample } from './heap-profile.js';

/** How many samples a node's bytes rest on, and the variance of these bytes [bytes²]. */
export interface SampleError {
  readonly samples: number;
  readonly variance: number;
}

/**
 * How far off the bytes of each node may be, by its id.
 *
 * V8 samples an object of s bytes at an interval R with chance p = 1 − exp(−s/R) and lets it stand for w = s/p bytes. The
 * sum of these has the variance Σ w² (1 − p) by Horvitz & Thompson (1952). A profile tells neither s nor R: no sample
 * stands for less than R, so the smallest one is taken for it; and as s ≥ w − R, 1 − p is at most exp(1 − w/R).
 * Both err towards too large an error. Objects much smaller than the interval have that of a count, 1/√n.
 *
 * Cost: O(samples).
 */
export function sampleErrors(samples: readonly HeapProfileSample[]): Map<number, SampleError> {
  let interval = Number.POSITIVE_INFINITY;
  for (const { size } of samples) if (size > 0) interval = Math.min(interval, size);
  const errors = new Map<number, { samples: number; variance: number }>();
  for (const { nodeId, size } of samples) {
    const error = errors.get(nodeId) ?? { samples: 0, variance: 0 };
    error.samples += 1;
    if (size > 0) error.variance += size ** 2 * Math.exp(1 - size / interval);
    errors.set(nodeId, error);
  }
  return errors;
}
