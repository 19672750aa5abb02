import { join } from 'node:path';
import type { ControlGroups } from './control-groups.js';
import { procFile } from './proc-file.js';

/** A control group that can hold back the CPU. */
export interface QuotaGroup {
  readonly folder: string;
  readonly version: 1 | 2;
  /** Cores that it allows, such as 0.5; absent where it sets no limit. */
  readonly cores?: number;
}

/** The groups of this process that the CPU controller works in, its own first. */
export function quotaGroups({ unified, byController }: ControlGroups): QuotaGroup[] {
  const old = byController.get('cpu');
  if (old !== undefined) {
    return old.map((folder) =>
      groupOf(
        folder,
        1,
        `${procFile(join(folder, 'cpu.cfs_quota_us'))} ${procFile(join(folder, 'cpu.cfs_period_us'))}`,
      ),
    );
  }
  return unified.map((folder) => groupOf(folder, 2, procFile(join(folder, 'cpu.max'))));
}

/** @param limit - Quota and period [µs]; without a limit the quota is `max` (version 2) or -1 (version 1). */
function groupOf(folder: string, version: 1 | 2, limit = ''): QuotaGroup {
  const match = /^(\d+) (\d+)$/.exec(limit);
  return match === null
    ? { folder, version }
    : { folder, version, cores: Number(match[1]) / Number(match[2]) };
}
