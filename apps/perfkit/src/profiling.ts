import { basename, join, relative } from 'node:path';
import { type MeasurePlan, type ProfiledProbe, profileProbes, type Variant } from '@perf/runner';
import { type ProbeId, probeKey, probeTitle, type Run, type Unavailable } from '@perf/schema';
import { writeFiles } from './present.js';
import type { Progress } from './terminal/progress.js';

type WrittenProfile = Exclude<ProfiledProbe['cpu'], Unavailable>;

/** So much longer with functions kept apart goes without saying. */
const APART_TO_TELL = 1.1;

/**
 * Profiles the probes of a run that is over, those that were measured well, and tells of each where its profiles lie and
 * what profiling cost. Nothing of it enters the run.
 *
 * Writes `.cpuprofile` and `.heapprofile` files and, beside them, `profiles.json`.
 *
 * @param options - `folder`: absolute, for all runs; each has one of its own in it.
 * @throws {RunnerError} `runner/profiles` or {PerfError} `report/write` if that cannot be written to.
 */
export async function profileRun(
  run: Run,
  plan: Omit<MeasurePlan, 'variants'>,
  options: { readonly variant: Variant; readonly folder: string; readonly progress: Progress },
): Promise<void> {
  const { variant, progress } = options;
  const folder = join(options.folder, run.id.slice(0, 12));
  const measured = new Set(
    run.measurements
      .filter(({ status, failedAsExpected }) => status === 'ok' && failedAsExpected !== true)
      .map(({ probe }) => probeKey(probe)),
  );
  const select = (probe: ProbeId) => measured.has(probeKey(probe));
  const onNews: MeasurePlan['onNews'] = (_, news) => progress.news(news);
  const profiled: ProfiledProbe[] = [];
  for await (const event of profileProbes({ ...plan, variant, folder, select, onNews })) {
    if (event.type === 'starting') progress.starting(event.probe, 'profiling');
    if (event.type === 'profiled') {
      profiled.push(event.profiled);
      for (const line of linesOf(event.profiled)) progress.say(line);
    }
  }
  progress.end();
  const manifest = { run: run.id, node: process.version, profiles: profiled.map(entryOf) };
  const remedy = 'Make room there, or leave --profiling out.';
  writeFiles(folder, { 'profiles.json': `${JSON.stringify(manifest, null, 2)}\n` }, remedy);
}

function linesOf({ probe, cpu, heap, apart = 1 }: ProfiledProbe): string[] {
  const title = probeTitle(probe);
  if ('unavailable' in cpu && 'unavailable' in heap && cpu.unavailable === heap.unavailable) {
    return [`${title}  no profiles: ${cpu.unavailable}`];
  }
  const inlined =
    apart < APART_TO_TELL
      ? ''
      : `; functions were not inlined, which took ${apart.toFixed(apart < 10 ? 1 : 0)} times as long`;
  return Object.entries({ 'CPU profile': cpu, 'heap profile': heap }).map(([what, profile]) =>
    'unavailable' in profile
      ? `${title}  no ${what}: ${profile.unavailable}`
      : `${title}  ${what} ${costOf(profile)}  ${relative(process.cwd(), profile.file)}${inlined}`,
  );
}

function costOf({ overhead }: WrittenProfile): string {
  if ('unavailable' in overhead) return 'of unknown overhead';
  const { estimate, low, high, pairs } = overhead;
  return `${percent(estimate)} overhead (${percent(low)} to ${percent(high)}, ${pairs} pairs)`;
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1).replace(/^-0\.0$/, '0.0')} %`;
}

/** What stands in `profiles.json` for a probe: files by name, intervals in the unit of their kind. */
function entryOf({ probe, cpu, heap, apart }: ProfiledProbe): object {
  const entry = (profile: WrittenProfile | Unavailable, unit: 'ns' | 'bytes') =>
    'unavailable' in profile ? profile : { ...profile, unit, file: basename(profile.file) };
  return { probe, cpu: entry(cpu, 'ns'), heap: entry(heap, 'bytes'), ...(apart !== undefined && { apart }) };
}
