import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeId } from '@perf/schema';
import { chooseProbes } from '../choose-probes.js';
import { failureOfEnding } from '../failed-measurement.js';
import { listProbes } from '../list-probes.js';
import { withinTimers } from '../measure-once.js';
import type { MeasurePlan, Variant } from '../plan.js';
import { runTask } from '../probe-process.js';
import type { PlannedProbe } from '../protocol.js';
import { type Reaper, startReaper } from '../reaper/reaper.js';
import { RunnerError } from '../runner-error.js';
import { profileName } from './profile-name.js';
import type { WrittenProfiles } from './written-profiles.js';

/** The profiles of one probe, or why there are none. */
export interface ProfiledProbe extends WrittenProfiles {
  readonly probe: ProbeId;
}

/** What happens while probes are profiled, in order. */
export type ProfileEvent =
  | { readonly type: 'planned'; readonly total: number }
  | { readonly type: 'starting'; readonly probe: ProbeId }
  | { readonly type: 'profiled'; readonly profiled: ProfiledProbe };

/** Room for the rounds that come on top of what a probe's process takes to measure [ms]. */
const PROFILING_MS = 30_000;

type ProfilePlan = Omit<MeasurePlan, 'variants' | 'forbidOnly'> & {
  readonly variant: Variant;
  /** Absolute folder for the files; made if need be. */
  readonly folder: string;
};

/**
 * Profiles every probe of a plan once, each in a fresh process that measures nothing: for after a run, since profilers
 * slow down what they look at. Probes that are known to fail are left out.
 *
 * Writes `<name>.cpuprofile` and `<name>.heapprofile` for each probe into the folder. A probe that fails under the
 * profilers has none, and the reason in their place. Aborting the signal ends the process that runs, and then the rest.
 *
 * @throws {RunnerError} `runner/profiles` if the folder cannot be made.
 */
export async function* profileProbes(plan: ProfilePlan): AsyncGenerator<ProfileEvent, void, void> {
  makeFolder(plan.folder);
  const marker = randomUUID();
  const reaper = startReaper(marker);
  try {
    const { probes } = await listProbes(plan.variant, { ...plan, marker, reaper });
    const listed = probes.map((planned) => ({ variant: 0, planned }));
    const due = chooseProbes(listed, { ...plan, variants: [plan.variant] })
      .chosen.map(({ planned }) => planned)
      .filter(({ fails }) => fails !== true);
    yield { type: 'planned', total: due.length };
    for (const planned of due) {
      if (plan.signal.aborted) return;
      yield { type: 'starting', probe: planned.probe };
      const profiles = await profileOnce(planned, plan, { marker, reaper });
      if (profiles !== undefined) yield { type: 'profiled', profiled: { probe: planned.probe, ...profiles } };
    }
  } finally {
    reaper.dismiss();
  }
}

async function profileOnce(
  planned: PlannedProbe,
  plan: ProfilePlan,
  run: { marker: string; reaper: Reaper },
): Promise<WrittenProfiles | undefined> {
  const { file, probe } = planned;
  const { processes, budget } = plan.effortOf(probe);
  const deadlineMs = withinTimers((planned.deadlineMs ?? plan.deadlineMs) + PROFILING_MS);
  const stem = join(plan.folder, profileName(probe));
  const ending = await runTask(
    {
      do: 'profile',
      file,
      context: {
        probe,
        processIndex: processes,
        budget,
        seed: plan.seed + processes,
        deadline: Date.now() + deadlineMs,
      },
      files: { cpu: `${stem}.cpuprofile`, heap: `${stem}.heapprofile` },
    },
    {
      ...run,
      variant: plan.variant,
      loading: plan.loading,
      plain: planned.plain,
      deadlineMs,
      signal: plan.signal,
      onNews: (news) => plan.onNews?.(probe, news),
    },
  );
  if (ending.how === 'interrupted') return undefined;
  if (ending.how === 'answered' && ending.answer.did === 'profile') return ending.answer.profiles;
  const none = { unavailable: failureOfEnding(ending, deadlineMs).error.message };
  return { cpu: none, heap: none };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new RunnerError(
      'runner/profiles',
      `Profiles cannot be written to ${folder}: ${(error as Error).message}.`,
      { seen: folder, remedy: 'Make room for that folder, or leave the profiles out.', cause: error },
    );
  }
}
