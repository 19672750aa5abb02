import { createHash } from 'node:crypto';
import { type ProbeId, probeKey, probeTitle } from '@perf/schema';

/** Longest readable part [characters]: file names may have 255 bytes, and whole paths 260 characters on Windows. */
const LONGEST = 60;

/**
 * A file's name for a probe, without its ending: what can be read of its title, and a hash that tells it from every
 * other probe. Lower-case ASCII letters, digits and hyphens only, whatever the probe is called.
 */
export function profileName(probe: ProbeId): string {
  const readable = probeTitle(probe)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  const hash = createHash('sha256').update(probeKey(probe)).digest('hex').slice(0, 8);
  return readable === '' ? hash : `${readable}-${hash}`;
}
