import { readdirSync } from 'node:fs';
import { TICK_NS } from '../machine/cpu-time.js';
import { procFile } from '../machine/proc-file.js';

/** What the kernel says of another process; `null` where it does not say. */
export interface TargetReading {
  /** CPU time of its life so far [ns], in steps of 10 ms. */
  readonly cpuNs: number | null;
  readonly rssBytes: number | null;
  /** Open descriptors: only of processes of the same user. */
  readonly fds: number | null;
}

const NOTHING: TargetReading = { cpuNs: null, rssBytes: null, fds: null };

/** Whether this platform shows processes as files: Linux, unless it is hidden. */
export function showsProcesses(): boolean {
  return procFile('/proc/self/stat') !== undefined;
}

/**
 * Reads one process again and again. Once it has ended every figure is `null`, also when its id is given to another.
 *
 * Source: `utime`, `stime` and `starttime` of /proc/<pid>/stat, `VmRSS` of /proc/<pid>/status, entries of
 * /proc/<pid>/fd; see proc_pid_stat(5).
 */
export function targetProcess(pid: number): () => TargetReading {
  const born = statOf(pid)?.startedAt;
  return () => {
    const stat = statOf(pid);
    if (stat === undefined || stat.startedAt !== born) return NOTHING;
    return { cpuNs: stat.cpuNs, rssBytes: rssOf(pid), fds: descriptorsOf(pid) };
  };
}

/** The second field is the program's name in brackets, which may hold anything: fields are counted after it. */
function statOf(pid: number): { cpuNs: number; startedAt: string } | undefined {
  const text = procFile(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, user, system, startedAt] = [fields[0], fields[11], fields[12], fields[19]];
  const ended = state === undefined || 'ZXx'.includes(state);
  if (ended || user === undefined || system === undefined || startedAt === undefined) return undefined;
  return { cpuNs: (Number(user) + Number(system)) * TICK_NS, startedAt };
}

function rssOf(pid: number): number | null {
  const kibibytes = /^VmRSS:\s*(\d+) kB$/m.exec(procFile(`/proc/${pid}/status`) ?? '')?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

function descriptorsOf(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}
