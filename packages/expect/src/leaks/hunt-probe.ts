import { leakSummaries } from '@perf/leak';
import { probeTitle } from '@perf/schema';
import { effortOf } from '../effort.js';
import { ExpectError } from '../expect-error.js';
import { type Measured, measureTargets } from '../measure-targets.js';
import { readSettings } from '../settings.js';
import type { Target } from '../target.js';
import { HUNT_MS } from './hunt-here.js';
import type { Hunted } from './leak-evidence.js';
import { refuseTooShort } from './time-left.js';

/** How a probe is hunted for leaks. Everything else its file says. */
export interface ProbeHuntOptions {
  /** Fresh processes, which vote; default 1. */
  readonly processes?: number;
}

/** A hunt says itself how long it takes; what else a probe may do is kept short. */
const DEFAULTS = { processes: 1, timeMs: 50, warmupMs: 50 } as const;

/**
 * Hunts for leaks by a probe of kind `leak`, in fresh processes: all resources count.
 *
 * @throws {ExpectError} `expect/timeout`; `expect/subject` if it is of another kind; see `measureTargets`.
 */
export async function huntProbe(
  target: Target,
  options: ProbeHuntOptions & { readonly signal?: AbortSignal | undefined },
  withinMs: number,
): Promise<Hunted> {
  const { processes, signal } = options;
  const confidence = readSettings(target.root).confidence ?? 0.95;
  const given = { ...(processes !== undefined && { processes }), ...(signal !== undefined && { signal }) };
  const effort = effortOf(given, { ...DEFAULTS, confidence });
  refuseTooShort('A hunt for leaks', effort.processes * HUNT_MS, withinMs);
  const [{ probe, measurements }] = (await measureTargets([target], effort)) as [Measured];
  const summaries = leakSummaries(measurements, confidence);
  if (summaries.length === 0) {
    throw new ExpectError('expect/subject', `${probeTitle(probe)} does not look for leaks.`, {
      seen: probe.kind,
      place: { file: target.file },
      remedy: 'Write it with leak() of @perf/leak, or give the function itself: expect(() => …).',
    });
  }
  return {
    name: probeTitle(probe),
    evidence: summaries,
    constructors:
      measurements.find(({ artifacts }) => artifacts.growth?.constructors)?.artifacts.growth?.constructors ??
      [],
    warnings: [...new Set(measurements.flatMap(({ warnings }) => warnings.map(({ message }) => message)))],
    counting: summaries.map(({ resource }) => resource),
  };
}
