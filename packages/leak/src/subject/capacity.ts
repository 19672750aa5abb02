import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import type { Capacity } from './subject.js';

/** The most that this process may hold: V8's heap limit, and descriptors where the system tells in /proc. */
export function ownCapacity(): Capacity {
  return { heap: getHeapStatistics().heap_size_limit, ...descriptorCapacity(ownLimits()) };
}

/** @param limits - What /proc says of a process's limits; the soft one of open files counts. */
export function descriptorCapacity(limits: string): Pick<Capacity, 'fd'> {
  const [, soft] = /^Max open files\s+(\d+)/m.exec(limits) ?? [];
  return soft === undefined ? {} : { fd: Number(soft) };
}

function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
