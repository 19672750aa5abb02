import type { ProbeProfiles, TakenProfile, Unavailable } from '@perf/schema';

/** Absolute paths that a probe's profiles are written to. */
export interface ProfileFiles {
  readonly cpu: string;
  readonly heap: string;
}

/** A profile that lies in a file: what is known of it beside its content. */
export interface WrittenProfile extends Omit<TakenProfile, 'profile'> {
  /** Absolute path. */
  readonly file: string;
}

/** What became of a probe's profiles. */
export interface WrittenProfiles extends Pick<ProbeProfiles, 'apart'> {
  readonly cpu: WrittenProfile | Unavailable;
  readonly heap: WrittenProfile | Unavailable;
}
