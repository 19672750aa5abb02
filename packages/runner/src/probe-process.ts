import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setImmediate as loopTurn, setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { forkOptionsOf, type Launch } from './fork-options.js';
import { killGroup } from './kill-group.js';
import { killMarked } from './kill-marked.js';
import type { PairNews, PairStep } from './lockstep/messages.js';
import { OutputTail } from './output-tail.js';
import {
  type Answer,
  contentOf,
  type Envelope,
  type LoadingOptions,
  type News,
  type Task,
} from './protocol.js';
import type { Reaper } from './reaper/reaper.js';

/** How a probe's process ended. */
export type Ending =
  | { readonly how: 'answered'; readonly answer: Answer; readonly pid: number; readonly output: string }
  | { readonly how: 'timed-out'; readonly pid: number; readonly output: string }
  | { readonly how: 'interrupted' }
  | {
      readonly how: 'crashed';
      readonly pid: number;
      readonly output: string;
      readonly exitCode: number | null;
      readonly signal: string | null;
    };

export interface ProcessOptions {
  readonly variant: Launch;
  readonly loading: LoadingOptions;
  /** Whether the file loads the same way without hooks. Default false. */
  readonly plain?: boolean;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Of the run; in the environment of all that it starts. */
  readonly marker: string;
  readonly reaper: Reaper;
  /** Called with what the process tells on the way. */
  readonly onNews?: (news: News['news']) => void;
  /** Called with what a process that takes turns says on the way. */
  readonly onPairNews?: (news: PairNews) => void;
}

/** How long a process may take to end on SIGTERM before it gets SIGKILL [ms]. */
const GRACE_MS = 1000;

/** A process that works on its task. */
export interface RunningTask {
  /** 0 if it could not be started. */
  readonly pid: number;
  /** Settles when the process is gone; never rejects. */
  readonly ending: Promise<Ending>;
  /** Says something to a task that listens. */
  say(step: PairStep): void;
  /** Ends the process, as an interruption does. */
  stop(): void;
}

/**
 * Runs one task in a fresh process of its own group and waits until that process is gone.
 *
 * It always resolves: a crash, a deadline and an interruption are endings like any other. Nothing the process prints
 * reaches the terminal; the last 4 KiB are kept.
 */
export async function runTask(task: Task, options: ProcessOptions): Promise<Ending> {
  if (options.signal.aborted) return { how: 'interrupted' };
  return startTask(task, options).ending;
}

/** Starts what `runTask` waits for. */
export function startTask(task: Task, options: ProcessOptions): RunningTask {
  const token = randomUUID();
  const entry = fileURLToPath(new URL('./child.js', import.meta.url));
  const child = fork(entry, [], forkOptionsOf(options.variant, options));
  const pid = child.pid ?? 0;
  if (pid !== 0) options.reaper.started(pid);
  const said: { answer?: Answer } = {};
  child.on('message', (message) => {
    const content = contentOf(message, token) as Answer | News | PairNews | undefined;
    if (content?.did === 'news') options.onNews?.(content.news);
    else if (content?.did === 'ready' || content?.did === 'turns') options.onPairNews?.(content);
    else if (content !== undefined) said.answer ??= content;
  });
  let stopped: 'timed-out' | 'interrupted' | undefined;
  const stop = (why: 'timed-out' | 'interrupted') => {
    stopped ??= why;
    end(child, pid);
  };
  const say = (content: Task | PairStep) =>
    child.send({ token, content } satisfies Envelope<Task | PairStep>, () => undefined);
  say(task);
  return {
    pid,
    say,
    stop: () => stop('interrupted'),
    ending: endingOf(child, pid, options, { stop, stopped: () => stopped, answer: () => said.answer }),
  };
}

async function endingOf(
  child: ChildProcess,
  pid: number,
  options: ProcessOptions,
  state: {
    stop(why: 'timed-out' | 'interrupted'): void;
    stopped(): 'timed-out' | 'interrupted' | undefined;
    answer(): Answer | undefined;
  },
): Promise<Ending> {
  const output = new OutputTail(child.stdout, child.stderr);
  const deadline = setTimeout(state.stop, options.deadlineMs, 'timed-out');
  const interrupt = () => state.stop('interrupted');
  options.signal.addEventListener('abort', interrupt, { once: true });
  const { exitCode, signal, error } = await ended(child);
  clearTimeout(deadline);
  options.signal.removeEventListener('abort', interrupt);
  if (pid !== 0) {
    killGroup(pid, 'SIGKILL');
    killMarked(options.marker);
    options.reaper.ended(pid);
  }
  const [answer, stopped] = [state.answer(), state.stopped()];
  if (answer !== undefined && (stopped === undefined || answer.did !== 'fail')) {
    return { how: 'answered', answer, pid, output: output.text() };
  }
  if (stopped === 'interrupted') return { how: 'interrupted' };
  if (stopped === 'timed-out') return { how: 'timed-out', pid, output: output.text() };
  return { how: 'crashed', pid, output: error?.message ?? output.text(), exitCode, signal };
}

function end(child: ChildProcess, pid: number): void {
  killGroup(pid, 'SIGTERM');
  const force = setTimeout(() => killGroup(pid, 'SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(force));
}

/**
 * Waits until the process is gone and all that it sent has arrived, which may be after its exit. Its output is not
 * waited for, and let go: something that it started may hold it open.
 */
async function ended(
  child: ChildProcess,
): Promise<{ exitCode: number | null; signal: string | null; error?: Error }> {
  const drained = new Promise((resolve) => child.once('disconnect', resolve));
  const end = await new Promise<{ exitCode: number | null; signal: string | null; error?: Error }>(
    (resolve) => {
      child.once('error', (error) => resolve({ exitCode: null, signal: null, error }));
      child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    },
  );
  if (child.connected) await Promise.race([drained, sleep(GRACE_MS, undefined, { ref: false })]);
  await loopTurn();
  child.stdout?.destroy();
  child.stderr?.destroy();
  return end;
}
