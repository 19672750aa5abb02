import type { Probe, ProbeId, Suite } from '@perf/schema/core';
import { RunnerError } from '../runner-error.js';

/**
 * The probe of this name among the suites of its file.
 *
 * @throws {RunnerError} `runner/probe-vanished` if it was there when the file was listed, and is not now.
 */
export function findProbe(
  suites: readonly Suite[],
  { suite: suiteName, name }: ProbeId,
  file: string,
): Probe {
  const suite = suites.find((one) => one.name === suiteName && Object.hasOwn(one.probes, name));
  const probe = suite?.probes[name];
  if (probe !== undefined) return probe;
  throw new RunnerError('runner/probe-vanished', `${suiteName} › ${name} is no longer in its file.`, {
    place: { file },
    remedy:
      'Names of suites and probes must not depend on time or chance, and files not change during a run.',
  });
}
