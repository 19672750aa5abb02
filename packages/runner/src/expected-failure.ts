import { relative } from 'node:path';
import { type Measurement, measurementOf } from '@perf/schema';

/** Failures of the runner and its files, not of the measured code. */
const NOT_THE_CODE = new Set(['runner/protocol', 'runner/probe-vanished']);

/**
 * The measurement of a probe that is known to fail: its failure is as expected, and its success a failure that asks for
 * the mark to be removed.
 *
 * @param file - Of the probe, absolute; shown relative to `root`.
 */
export function againstExpectation(measurement: Measurement, file: string, root: string): Measurement {
  const { probe, process, startedAt, elapsed, seed, status, error } = measurement;
  const parts = { probe, process, startedAt, elapsed, seed };
  if (status === 'ok') {
    const message = `It is marked with fails(), and ran well. Remove the mark in ${relative(root, file)}.`;
    return measurementOf({ ...parts, status: 'failed', error: { code: 'runner/not-failing', message } });
  }
  if (error !== undefined && NOT_THE_CODE.has(error.code)) return measurement;
  return measurementOf({
    ...parts,
    status: 'ok',
    failedAsExpected: true,
    ...(error !== undefined && { error }),
  });
}
