import { relative } from 'node:path';
import { type Failure, type Measurement, probeKey, probeTitle } from '@perf/schema';
import { failedMeasurement, failureOfEnding } from './failed-measurement.js';
import type { MeasurePlan, Variant } from './plan.js';
import { runTask } from './probe-process.js';
import type { PlannedProbe } from './protocol.js';
import type { Reaper } from './reaper/reaper.js';

/** Loading a file is not measuring it: its own deadline, with room for the compiler on a busy machine [ms]. */
export const LOADING_DEADLINE_MS = 60_000;

/**
 * Loads every perf file of a variant, each in a process of its own, and lists its probes at every parameter point.
 *
 * @returns The probes, and a failed measurement for each file that could not be loaded or repeats a probe of another.
 */
export async function listProbes(
  variant: Variant,
  options: Pick<MeasurePlan, 'loading' | 'seed' | 'signal'> & { marker: string; reaper: Reaper },
): Promise<{ probes: PlannedProbe[]; broken: Measurement[] }> {
  const probes: PlannedProbe[] = [];
  const broken: Measurement[] = [];
  const files = new Map<string, string>();
  for (const file of variant.files) {
    const startedAt = new Date();
    const ending = await runTask(
      { do: 'list', file },
      { ...options, variant, deadlineMs: LOADING_DEADLINE_MS },
    );
    if (ending.how === 'interrupted') break;
    const fail = (status: 'failed' | 'timed-out' | 'crashed', error: Failure) => {
      const probe = {
        suite: relative(variant.root, file),
        name: 'loading the file',
        kind: 'file',
        params: {},
      };
      broken.push(
        failedMeasurement({ probe, index: 0, pid: ending.pid, seed: options.seed, startedAt, status, error }),
      );
    };
    if (ending.how !== 'answered' || ending.answer.did !== 'list') {
      const { status, error } = failureOfEnding(ending, LOADING_DEADLINE_MS);
      fail(status, error);
      continue;
    }
    const plain = ending.answer.plain === true;
    for (const { suite, name, kind, points, ...rest } of ending.answer.probes) {
      for (const params of points) {
        const probe = { suite, name, kind, params };
        const other = files.get(probeKey(probe));
        if (other !== undefined) {
          const message = `${probeTitle(probe)} is already in ${relative(variant.root, other)}. Give one of them another name.`;
          fail('failed', { code: 'runner/duplicate-probe', message });
          continue;
        }
        files.set(probeKey(probe), file);
        probes.push({ file, plain, probe, ...rest });
      }
    }
  }
  return { probes, broken };
}
