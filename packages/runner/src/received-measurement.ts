import {
  contentId,
  describeError,
  type Measurement,
  type Pairing,
  type ProbeId,
  probeKey,
  readDocument,
} from '@perf/schema';
import { failedMeasurement } from './failed-measurement.js';

/** Which process a document came from. */
export interface SeenProcess {
  readonly probe: ProbeId;
  readonly index: number;
  readonly pid: number;
  readonly seed: number;
  readonly startedAt: Date;
}

/**
 * A measurement as a probe's process sent it, checked at the border; a failed one if it is none, or another probe's.
 *
 * Whatever id it came with: it follows from the content, and the process is not trusted to know it.
 *
 * @param pairing - Added to it, for one that was made in turns.
 */
export function receivedMeasurement(sent: unknown, seen: SeenProcess, pairing?: Pairing): Measurement {
  const fail = (message: string) =>
    failedMeasurement({ ...seen, status: 'failed', error: { code: 'runner/protocol', message } });
  try {
    const measurement = readDocument('measurement', sent);
    if (probeKey(measurement.probe) !== probeKey(seen.probe)) {
      return fail('The probe gave a measurement under another name than its own.');
    }
    const { id: _, ...body } = { ...measurement, ...(pairing !== undefined && { pairing }) };
    return { ...body, id: contentId(body) };
  } catch (error) {
    return fail(describeError(error));
  }
}
