import { join } from 'node:path';
import { procFile } from './proc-file.js';

const ROOT = '/sys/fs/cgroup';

/**
 * What this process's control groups allow it, the tightest of the group and its ancestors: `cpus` as cores
 * (0.5 is half of one), `memoryBytes`. A limit that is not set is absent. Linux only; versions 1 and 2.
 */
export function containerLimits(): { cpus?: number; memoryBytes?: number } | undefined {
  const groups = procFile('/proc/self/cgroup');
  if (groups === undefined) return undefined;
  const cpus: number[] = [];
  const memory: number[] = [];
  for (const { controllers, path } of parseGroups(groups)) {
    for (const folder of ancestors(path)) {
      if (controllers.length === 0) {
        add(cpus, quota(procFile(join(ROOT, folder, 'cpu.max'))));
        add(memory, bytes(procFile(join(ROOT, folder, 'memory.max'))));
      }
      if (controllers.includes('cpu')) add(cpus, quotaV1(join(ROOT, 'cpu', folder)));
      if (controllers.includes('memory')) {
        add(memory, bytes(procFile(join(ROOT, 'memory', folder, 'memory.limit_in_bytes'))));
      }
    }
  }
  return {
    ...(cpus.length > 0 && { cpus: Math.min(...cpus) }),
    ...(memory.length > 0 && { memoryBytes: Math.min(...memory) }),
  };
}

function parseGroups(text: string): { controllers: string[]; path: string }[] {
  return text.split('\n').map((line) => {
    const [, controllers = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return { controllers: controllers === '' ? [] : controllers.split(','), path };
  });
}

function ancestors(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).concat('');
}

/** `cpu.max` of version 2: quota and period [µs], or `max`. */
function quota(text: string | undefined): number | undefined {
  const match = /^(\d+) (\d+)$/.exec(text ?? '');
  return match === null ? undefined : Number(match[1]) / Number(match[2]);
}

function quotaV1(folder: string): number | undefined {
  return quota(
    `${procFile(join(folder, 'cpu.cfs_quota_us'))} ${procFile(join(folder, 'cpu.cfs_period_us'))}`,
  );
}

/** Version 1 says "no limit" with a number near 2^63. */
function bytes(text: string | undefined): number | undefined {
  const value = /^\d+$/.test(text ?? '') ? Number(text) : undefined;
  return value === undefined || value > 2 ** 60 ? undefined : value;
}

function add(list: number[], value: number | undefined): void {
  if (value !== undefined) list.push(value);
}
