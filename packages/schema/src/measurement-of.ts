import { contentId } from './content-id.js';
import type {
  Failure,
  Finding,
  Measurement,
  MeasurementStatus,
  Metric,
  Pairing,
  Warning,
} from './measurement.js';
import type { ProbeId } from './probe-id.js';

/** What a maker of measurements has to say; the rest is empty unless given. */
export interface MeasurementParts {
  readonly probe: ProbeId;
  readonly process: Measurement['process'];
  readonly startedAt: string;
  readonly elapsed: number;
  readonly seed: number;
  readonly status: MeasurementStatus;
  readonly error?: Failure;
  readonly failedAsExpected?: true;
  readonly pairing?: Pairing;
  readonly metrics?: Metric[];
  readonly resources?: Measurement['resources'];
  readonly findings?: Finding[];
  readonly warnings?: Warning[];
  readonly artifacts?: Measurement['artifacts'];
}

/** A whole measurement document, with its id, from its parts. */
export function measurementOf(parts: MeasurementParts): Measurement {
  const { params, ...probe } = parts.probe;
  const body: Omit<Measurement, 'id'> = {
    schema: 'perf/measurement@1',
    metrics: [],
    resources: {},
    findings: [],
    warnings: [],
    artifacts: {},
    ...parts,
    probe: { ...probe, params: { ...params } },
  };
  return { ...body, id: contentId(body) };
}
