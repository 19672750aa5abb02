import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostIdentity, OWNER_FILE, type Owner, PREFIX, removeHolder } from './holder.js';
import { isAlive } from './process-start.js';

/** After this, a folder whose owner cannot be seen from here counts as left behind [ms]: no comparison takes a day. */
const OLD_MS = 24 * 3600 * 1000;

/** Removes the folders and worktrees of runs that were killed. What cannot be removed, such as another user's, stays. */
export function removeLeftovers(): void {
  const folder = realpathSync(tmpdir());
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(PREFIX))) {
    const holder = join(folder, name);
    try {
      const owner = ownerOf(holder);
      if (!isInUse(holder, owner)) removeHolder(holder, owner?.repository);
    } catch {
      // It is another user's, or another run has just removed it.
    }
  }
}

/** Undefined for the moment before it is written, and for ever if the run was killed in that moment. */
function ownerOf(holder: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(holder, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function isInUse(holder: string, owner: Owner | undefined): boolean {
  if (owner?.host === hostIdentity()) return isAlive(owner.pid, owner.started);
  return Date.now() - statSync(holder).mtimeMs < OLD_MS;
}
