import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Probe, ProbeContext, TakenProfile, Unavailable } from '@perf/schema';
import type { ProfileFiles, WrittenProfile, WrittenProfiles } from './written-profiles.js';

/**
 * Profiles a probe in this process and writes what V8 gives. They are megabytes and do not travel to the parent.
 *
 * @param files - In a folder that exists; files of these names are replaced.
 * @throws whatever the measured code or its fixture throws.
 */
export async function writeProfiles(
  probe: Probe,
  context: ProbeContext,
  files: ProfileFiles,
): Promise<WrittenProfiles> {
  if (probe.profile === undefined) {
    const none = { unavailable: `Probes of the kind "${probe.kind}" cannot be profiled.` };
    return { cpu: none, heap: none };
  }
  const { cpu, heap, apart } = await probe.profile(context);
  return {
    cpu: written(cpu, files.cpu),
    heap: written(heap, files.heap),
    ...(apart !== undefined && { apart }),
  };
}

function written(taken: TakenProfile | Unavailable, file: string): WrittenProfile | Unavailable {
  if ('unavailable' in taken) return taken;
  const { profile, ...facts } = taken;
  const temporary = `${file}.part`;
  try {
    writeFileSync(temporary, JSON.stringify(profile));
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  return { ...facts, file };
}
