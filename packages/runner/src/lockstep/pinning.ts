import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** CPUs that this process may run on, by their numbers; empty where the platform does not say. */
export function allowedCpus(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return list.split(',').flatMap((range) => {
      const [from = Number.NaN, to = from] = range.split('-').map(Number);
      return Number.isInteger(from) ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [];
    });
  } catch {
    return [];
  }
}

/** Long enough for the kernel's counters, which step by 10 ms, to tell an idle CPU from a busy one [ms]. */
const WATCH_MS = 120;

/** The CPU of these that had least to do during a tenth of a second. */
export async function quietestCpu(cpus: readonly number[]): Promise<number | undefined> {
  if (cpus.length < 2) return cpus[0];
  const before = busyTicks();
  await sleep(WATCH_MS);
  const after = busyTicks();
  const load = (cpu: number) => (after.get(cpu) ?? 0) - (before.get(cpu) ?? 0);
  // The last of equals: interrupts tend to be served by the first.
  return cpus.toReversed().reduce((quietest, cpu) => (load(cpu) < load(quietest) ? cpu : quietest));
}

function busyTicks(): Map<number, number> {
  const ticks = new Map<number, number>();
  for (const [, cpu, rest = ''] of readFileSync('/proc/stat', 'utf8').matchAll(/^cpu(\d+) (.*)$/gm)) {
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = rest.split(' ').map(Number);
    ticks.set(Number(cpu), user + nice + system + irq + softirq + steal);
  }
  return ticks;
}

/** Moves all threads of a process to these CPUs. One that has ended is no error. */
export async function moveTo(pid: number, cpus: readonly number[]): Promise<void> {
  await run('taskset', ['-apc', cpus.join(','), String(pid)]).catch(() => undefined);
}
