import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockStep } from './machine/clock.js';
import { containerLimits } from './machine/container.js';
import { stolenTime } from './machine/cpu-time.js';
import { cpuGovernor } from './machine/governor.js';

/** `spoils`: figures will suffer. `unknown`: cannot be seen here. */
export type CheckState = 'good' | 'spoils' | 'unknown';

/** One thing about the machine or the process that decides how far figures can be trusted. */
export interface MachineCheck {
  readonly name: string;
  readonly state: CheckState;
  /** What was seen, for people. */
  readonly seen: string;
  /** What to do about it; only when it spoils figures. */
  readonly remedy?: string;
}

/** Clock steps above this are too coarse for batches of half a millisecond [ns]. */
const COARSE_CLOCK_NS = 1000;
/** Share of stolen CPU time from which neighbours show in medians. */
const STEAL_LIMIT = 0.02;
/** Flags under which V8 runs the measured code differently from production. */
const DISTORTING_FLAGS =
  /^--(inspect|prof\b|cpu-prof|heap-prof|no-opt\b|jitless|max-lazy|trace-|enable-source-maps|interpreted-frames)/;

/**
 * Looks at what would spoil a measurement here. Takes a fifth of a second, in which it watches steal.
 *
 * @param flags - Flags of Node, of the command line and NODE_OPTIONS together.
 */
export async function checkMachine(flags: readonly string[] = nodeFlags()): Promise<MachineCheck[]> {
  return [
    clock(),
    cores(),
    load(),
    governor(),
    await steal(),
    container(),
    await debuggerState(),
    nodeFlag(flags),
  ];
}

function clock(): MachineCheck {
  const step = clockStep();
  const seen = `smallest step ${Math.round(step)} ns`;
  if (step <= COARSE_CLOCK_NS) return { name: 'clock', state: 'good', seen };
  return {
    name: 'clock',
    state: 'spoils',
    seen,
    remedy: 'On Linux choose the tsc clock source; measure longer batches.',
  };
}

function cores(): MachineCheck {
  const usable = availableParallelism();
  const seen = `${usable} of ${cpus().length} usable`;
  if (usable >= 2) return { name: 'cores', state: 'good', seen };
  return {
    name: 'cores',
    state: 'spoils',
    seen,
    remedy: 'Give it a second core: compiler, collector and system run beside the measured code.',
  };
}

function load(): MachineCheck {
  if (process.platform === 'win32')
    return { name: 'load', state: 'unknown', seen: 'Windows keeps no load average' };
  const [load1 = 0] = loadavg();
  const seen = `${load1.toFixed(2)} on ${availableParallelism()} cores over the last minute`;
  if (load1 < availableParallelism() * 0.5) return { name: 'load', state: 'good', seen };
  return {
    name: 'load',
    state: 'spoils',
    seen,
    remedy: 'Stop other work on this machine, or raise --processes.',
  };
}

function governor(): MachineCheck {
  const seen = cpuGovernor();
  if (seen === undefined)
    return { name: 'governor', state: 'unknown', seen: 'no frequency governor to be seen here' };
  if (seen === 'performance') return { name: 'governor', state: 'good', seen };
  return { name: 'governor', state: 'spoils', seen, remedy: 'sudo cpupower frequency-set -g performance' };
}

async function steal(): Promise<MachineCheck> {
  const before = stolenTime();
  await sleep(200);
  const after = stolenTime();
  if (before === undefined || after === undefined) {
    return { name: 'steal', state: 'unknown', seen: 'needs /proc/stat, which this platform lacks or hides' };
  }
  const share = (after.stolenNs - before.stolenNs) / Math.max(1, after.totalNs - before.totalNs);
  const sinceBoot = before.stolenNs / Math.max(1, before.totalNs);
  const seen = `${percent(share)} now, ${percent(sinceBoot)} since boot`;
  if (Math.max(share, sinceBoot) <= STEAL_LIMIT) return { name: 'steal', state: 'good', seen };
  return {
    name: 'steal',
    state: 'spoils',
    seen,
    remedy: 'The hypervisor runs others on your cores: use a dedicated machine, or more processes.',
  };
}

function container(): MachineCheck {
  const limits = containerLimits();
  if (limits === undefined) return { name: 'container', state: 'unknown', seen: 'no control groups here' };
  const { cpus: allowed, memoryBytes } = limits;
  const memory = memoryBytes === undefined ? '' : `, ${Math.round(memoryBytes / 2 ** 20)} MiB of memory`;
  if (allowed === undefined) return { name: 'container', state: 'good', seen: `no CPU limit${memory}` };
  const seen = `limited to ${allowed} cores${memory}`;
  if (allowed >= 2 && Number.isInteger(allowed)) return { name: 'container', state: 'good', seen };
  return {
    name: 'container',
    state: 'spoils',
    seen,
    remedy:
      'A CPU quota stops the process for whole periods: raise it to 2 or more whole cores, or remove it.',
  };
}

async function debuggerState(): Promise<MachineCheck> {
  const address = await inspectorUrl();
  if (address === undefined) return { name: 'debugger', state: 'good', seen: 'none attached' };
  return { name: 'debugger', state: 'spoils', seen: address, remedy: 'Start without --inspect.' };
}

/** Loaded here alone: a Node.js that was built without the inspector does everything else. */
async function inspectorUrl(): Promise<string | undefined> {
  const inspector = await import('node:inspector').catch(() => undefined);
  return inspector?.url();
}

function nodeFlag(flags: readonly string[]): MachineCheck {
  const distorting = flags.filter((flag) => DISTORTING_FLAGS.test(flag));
  if (distorting.length === 0) {
    return { name: 'node flags', state: 'good', seen: flags.length === 0 ? 'none' : flags.join(' ') };
  }
  return {
    name: 'node flags',
    state: 'spoils',
    seen: distorting.join(' '),
    remedy: 'Remove them from the command line and from NODE_OPTIONS: they change how V8 runs the code.',
  };
}

function nodeFlags(): string[] {
  return [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(/\s+/)].filter(
    (flag) => flag !== '',
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
