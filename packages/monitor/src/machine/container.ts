import { join } from 'node:path';
import { controlGroups } from './control-groups.js';
import { quotaGroups } from './cpu-quota.js';
import { procFile } from './proc-file.js';

/**
 * What this process's control groups allow it, the tightest of the group and its ancestors: `cpus` as cores
 * (0.5 is half of one), `memoryBytes`. A limit that is not set is absent. Linux only; versions 1 and 2.
 *
 * @param root - Folder in which `proc` and `sys` are.
 */
export function containerLimits(root = ''): { cpus?: number; memoryBytes?: number } | undefined {
  const groups = controlGroups(root);
  if (groups === undefined) return undefined;
  const cpus = quotaGroups(groups).flatMap(({ cores }) => cores ?? []);
  const memory = [
    ...groups.unified.map((folder) => join(folder, 'memory.max')),
    ...(groups.byController.get('memory') ?? []).map((folder) => join(folder, 'memory.limit_in_bytes')),
  ].flatMap((path) => bytes(procFile(path)) ?? []);
  return {
    ...(cpus.length > 0 && { cpus: Math.min(...cpus) }),
    ...(memory.length > 0 && { memoryBytes: Math.min(...memory) }),
  };
}

/** Version 1 says "no limit" with a number near 2^63. */
function bytes(text: string | undefined): number | undefined {
  const value = /^\d+$/.test(text ?? '') ? Number(text) : undefined;
  return value === undefined || value > 2 ** 60 ? undefined : value;
}
