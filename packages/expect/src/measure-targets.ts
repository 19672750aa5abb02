import { join } from 'node:path';
import { type MeasurePlan, measureVariants } from '@perf/runner';
import { type Measurement, type ProbeId, probeTitle } from '@perf/schema';
import { type Effort, refuseTooLong } from './effort.js';
import { ExpectError } from './expect-error.js';
import { inTurn } from './in-turn.js';
import { isNamed, type Target } from './target.js';

/** A target with what its processes gave, all of them `ok`. */
export interface Measured {
  readonly target: Target;
  readonly probe: ProbeId;
  readonly measurements: readonly Measurement[];
}

/**
 * Measures targets in fresh processes, interleaved: each round runs each of them once. This is the one place that
 * measures.
 *
 * @returns In the order of `targets`, which may name one probe twice.
 * @throws {ExpectError} `expect/timeout`, `expect/not-loaded`, `expect/no-such-probe`, `expect/which-probe` or
 * `expect/left-out` before anything is measured; `expect/not-measured` as soon as a process fails; `expect/interrupted`.
 */
export function measureTargets(targets: readonly Target[], effort: Effort): Promise<Measured[]> {
  return inTurn(() => {
    refuseTooLong(effort, targets.length);
    return measure(targets, effort);
  });
}

async function measure(targets: readonly Target[], effort: Effort): Promise<Measured[]> {
  const listed: ProbeId[][] = targets.map(() => []);
  const measurements: Measurement[][] = targets.map(() => []);
  for await (const event of measureVariants(planOf(targets, effort, listed))) {
    if (event.type === 'planned' && !effort.signal.aborted) {
      for (const [index, target] of targets.entries()) theOne(target, listed[index] ?? []);
      for (const { variant, reason } of event.skipped) refuseLeftOut(targets[variant] as Target, reason);
    }
    if (event.type === 'measured') {
      refuseFailure(event.measurement, targets[event.variant] as Target);
      measurements[event.variant]?.push(event.measurement);
    }
  }
  if (measurements.some(({ length }) => length < effort.processes)) {
    throw new ExpectError('expect/interrupted', 'The measuring was interrupted.', {
      remedy: 'If the test ran out of time, give it more: its timeout covers the whole measuring.',
    });
  }
  return targets.map((target, index) => ({
    target,
    probe: theOne(target, listed[index] ?? []),
    measurements: measurements[index] ?? [],
  }));
}

function planOf(targets: readonly Target[], effort: Effort, listed: ProbeId[][]): MeasurePlan {
  const { processes, timeMs, warmupMs, deadlineMs, seed, signal } = effort;
  return {
    variants: targets.map(({ title, root, file }) => ({ label: title, root, files: [file] })),
    effortOf: () => ({ processes, budget: { timeMs, warmupMs, share: 1 } }),
    deadlineMs,
    seed,
    signal,
    loading: {
      cacheFolder: join(targets[0]?.root ?? process.cwd(), '.perfkit', 'cache'),
      resolveFrom: import.meta.url,
    },
    select: (probe, variant) => {
      listed[variant]?.push(probe);
      return isNamed(targets[variant] as Target, probe);
    },
  };
}

/** The probe that a target names. */
function theOne(target: Target, listed: readonly ProbeId[]): ProbeId {
  const found = listed.filter((probe) => isNamed(target, probe));
  if (found.length === 1) return found[0] as ProbeId;
  const titles = (found.length === 0 ? listed : found).map((probe) => `"${probeTitle(probe)}"`);
  const shown = `${titles.slice(0, 8).join(', ')}${titles.length > 8 ? ` and ${titles.length - 8} more` : ''}`;
  const place = { file: target.file };
  if (found.length === 0) {
    throw new ExpectError('expect/no-such-probe', `There is no probe "${target.title}".`, {
      seen: target.title,
      place,
      remedy: `The file has ${shown}.`,
    });
  }
  throw new ExpectError('expect/which-probe', `"${target.title}" is ${found.length} probes.`, {
    seen: target.title,
    place,
    remedy: `Give its parameters: ${shown}.`,
  });
}

function refuseLeftOut({ title, file }: Target, reason: 'skip' | 'only'): never {
  const why = reason === 'skip' ? 'it is marked skip' : 'another probe of the file is marked only';
  throw new ExpectError('expect/left-out', `"${title}" is not measured: ${why}.`, {
    seen: reason,
    place: { file },
    remedy: 'Remove the mark, or skip the test too.',
  });
}

function refuseFailure({ probe, status, error, process }: Measurement, target: Target): void {
  if (status === 'ok') return;
  const why = error?.message ?? status;
  const output = error?.output === undefined ? '' : `\nThe end of its output:\n${error.output}`;
  if (probe.kind === 'file') {
    throw new ExpectError('expect/not-loaded', `It cannot be loaded: ${why}${output}`, {
      place: { file: target.file },
    });
  }
  throw new ExpectError(
    'expect/not-measured',
    `${target.title}: ${status} in process ${process.index + 1}: ${why}${output}`,
    { seen: status, place: { file: target.file } },
  );
}
