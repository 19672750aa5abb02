import type { Profiler } from 'node:inspector/promises';
import type { HotFunction } from '@perf/schema';
import { MonitorError } from '../monitor-error.js';
import { suspendInlining } from './inlining.js';
import { answered, inspectorSession } from './inspector.js';
import { TimeByFunction } from './time-by-function.js';

/**
 * Time between samples [µs]: V8's own default. Each interrupts the measured thread to walk its stack, so that finer
 * ones slow the work down and with it change what they show.
 */
const INTERVAL_US = 1000;
const TOP = 15;

export interface CpuProfileOptions {
  /** Time between samples [µs], from 50; default 1,000. */
  readonly intervalUs?: number;
  /** Functions to give at most; default 15. */
  readonly top?: number;
}

/** Where the time went. */
export interface CpuProfile {
  /** Most time of their own first. Shares are of `samples`. */
  readonly functions: HotFunction[];
  /** Samples in measured code and the collector: what the shares rest on. */
  readonly samples: number;
}

/** A CPU profiler that can be switched on and off; its profiles add up. */
export interface CpuProfiler {
  /** Some milliseconds: V8 lists all code that there is. */
  start(): Promise<void>;
  /** Gives what V8 gives since the start, as `.cpuprofile` files hold it. */
  stop(): Promise<Profiler.Profile>;
  /** The functions of all profiles so far. */
  profile(): CpuProfile;
  /** Ends the session with V8; nothing stays enabled. */
  close(): void;
}

/**
 * Opens V8's sampling profiler of this thread, switched off. Until it is closed V8 inlines no functions, so that each
 * has its own time; all code was dropped to that end, so run the work for a while before `start`.
 *
 * @throws {MonitorError} `monitor/option`; `monitor/inspector` where V8 gives no session.
 */
export async function openCpuProfiler(options: CpuProfileOptions = {}): Promise<CpuProfiler> {
  const { intervalUs = INTERVAL_US, top = TOP } = options;
  if (!(intervalUs >= 50 && Number.isFinite(intervalUs))) {
    throw new MonitorError('monitor/option', `The option "intervalUs" is ${intervalUs}.`, {
      seen: intervalUs,
      remedy: 'Give microseconds, 50 or more.',
    });
  }
  const session = await inspectorSession();
  const time = new TimeByFunction();
  let resumeInlining = () => {};
  const close = () => {
    resumeInlining();
    session.disconnect();
  };
  try {
    resumeInlining = await suspendInlining(session);
    await answered(session.post('Profiler.setSamplingInterval', { interval: Math.round(intervalUs) }));
  } catch (error) {
    close();
    throw error;
  }
  return {
    start: () => answered(session.post('Profiler.start')),
    async stop() {
      const { profile } = await answered(session.post('Profiler.stop'));
      time.add(profile.nodes);
      return profile;
    },
    profile: () => ({ functions: time.top(top), samples: time.samples }),
    close,
  };
}

/**
 * Where a piece of work spends its time, by function.
 *
 * `self` is the share of samples in the function itself, `total` in it or what it called, however often it recurs in
 * one stack. Samples while the thread was idle or ran no JavaScript that V8 can name (`(idle)`, `(program)`) and
 * those in perfkit's own loops are in neither; the collector is a function named `(garbage collector)`. Functions are
 * not inlined meanwhile, so that tiny ones take a greater share than usual.
 *
 * @param run - The work; a promise that it returns is awaited. What it throws is thrown on.
 * @throws {MonitorError} `monitor/option`; `monitor/inspector` where V8 gives no session.
 *
 * Cost: some 10 ms to start, and the work begins unoptimised.
 * Source: V8's CpuProfiler through the `Profiler` domain of the inspector.
 */
export async function profileCpu(run: () => unknown, options: CpuProfileOptions = {}): Promise<CpuProfile> {
  const profiler = await openCpuProfiler(options);
  try {
    await profiler.start();
    await run();
    await profiler.stop();
    return profiler.profile();
  } finally {
    profiler.close();
  }
}
