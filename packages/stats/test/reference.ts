import { readFileSync } from 'node:fs';

interface TwoSamples {
  a: number[];
  b: number[];
}

/** What `reference/make-reference.py` printed. */
export interface Reference {
  scipy: string;
  quantiles: { sample: number[]; qs: number[]; quantiles: number[] }[];
  summaries: { sample: number[]; mean: number; sd: number; mad: number; median: number }[];
  mannWhitney: (TwoSamples & { u: number; p: number; method: 'exact' | 'normal' })[];
  hodgesLehmann: (TwoSamples & { confidence: number; ratio: number; low: number; high: number })[];
  medianIntervals: { n: number; confidence: number; rank: number; attained: number }[];
  benjaminiHochberg: { ps: number[]; adjusted: number[] }[];
  normalTails: { z: number; tail: number }[];
  normalQuantiles: { confidence: number; z: number }[];
}

export const reference: Reference = JSON.parse(
  readFileSync(new URL('../reference/scipy.json', import.meta.url), 'utf8'),
) as Reference;

/** Distance of two numbers relative to the expected one; absolute where that is 0. */
export function relativeError(seen: number, expected: number): number {
  return Math.abs(seen - expected) / (expected === 0 ? 1 : Math.abs(expected));
}
