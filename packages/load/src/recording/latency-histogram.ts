import { build, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

/** Longest time that is told apart [ns]: an hour. Longer ones count as this. */
const LONGEST_NS = 3.6e12;

/**
 * An empty histogram of 1 ns to 1 h with three significant digits: every value is kept to 0.1 %, and however many there
 * are, it takes the same memory.
 *
 * @param counts - Bits of a count: 32 (136 KiB, 70 ns to record) where no count reaches 4 billion, or 64 (271 KiB).
 */
export function latencyHistogram(counts: 32 | 64): Histogram {
  return build({
    bitBucketSize: counts,
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_NS,
    numberOfSignificantValueDigits: 3,
    autoResize: false,
  });
}

/** Records a time of [ms], rounded to 1 ns. */
export function recordMs(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.min(LONGEST_NS, Math.max(0, Math.round(ms * 1e6))));
}

/** Time that a share of the recorded ones does not exceed [ns], at most 0.1 % high; NaN if there are none. */
export function quantileOf(histogram: Histogram, share: number): number {
  return histogram.totalCount === 0 ? Number.NaN : histogram.getValueAtPercentile(share * 100);
}

/** The histogram in HdrHistogram's V2 encoding, deflated, as base64: any HdrHistogram library reads it. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}
