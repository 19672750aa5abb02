import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batches, ProbeContext, ProbeNews } from '@perf/schema';
import type { MeasurePlan, Variant } from '../plan.js';
import { type Ending, type RunningTask, startTask } from '../probe-process.js';
import type { PlannedProbe } from '../protocol.js';
import type { Reaper } from '../reaper/reaper.js';
import { type BatonPaths, releaseWaiting } from './baton.js';
import type { PairNews, PairTask, TurnsWanted, TurnTimes } from './messages.js';
import type { TurnPairing } from './pairing.js';
import { moveTo } from './pinning.js';
import { YOUNG_SPACE_MB } from './touch-young-space.js';
import { type Side, sides } from './turns.js';

/** Time that each side runs alone before its first turn [ms]: V8 has compiled most of it by then. */
const ALONE_MS = 25;

/**
 * What both sides run with, so that the collector of V8 treats them alike.
 *
 * On one CPU its helper threads help nobody: they take the CPU from the thread that waits for them, in some processes
 * more often than in others. And the space for young objects begins at 1 MB and grows while objects survive: how far it
 * has come when the turns begin is chance, and code that allocates costs more in one size than in another. It begins
 * where it ends up in a process that runs for long.
 */
const ALIKE = ['--single-threaded-gc', `--min-semi-space-size=${YOUNG_SPACE_MB}`];

/** What a pair needs to be started. */
export interface PairStart {
  readonly planned: Readonly<Record<Side, PlannedProbe>>;
  readonly variants: Readonly<Record<Side, Variant>>;
  readonly contexts: Readonly<Record<Side, Omit<ProbeContext, 'signal' | 'tell'>>>;
  readonly pairing: TurnPairing;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly loading: MeasurePlan['loading'];
  readonly marker: string;
  readonly reaper: Reaper;
  readonly onNews?: (news: ProbeNews) => void;
}

/** Two sides of one probe, alive at the same time: in a process each, or both in one. */
export class LivePair {
  /** By the sides that it plays. */
  readonly #tasks: readonly {
    readonly plays: readonly Side[];
    readonly task: RunningTask;
    readonly paths?: BatonPaths;
  }[];
  readonly #start: PairStart;
  readonly #folder: string | undefined;
  readonly #heard = new Map<RunningTask | undefined, (news: PairNews) => void>();
  readonly #ready: Promise<(PairNews | undefined)[]>;
  /** Settles when all of its processes are gone. */
  readonly endings: Promise<Readonly<Record<Side, Ending>>>;
  /** Whether one of its processes has ended. */
  gone = false;

  constructor(start: PairStart) {
    this.#start = start;
    const alone = start.pairing.method === 'one-process';
    this.#folder = alone ? undefined : mkdtempSync(join(tmpdir(), 'perfkit-pair-'));
    const pipes = { a: join(this.#folder ?? '', 'a'), b: join(this.#folder ?? '', 'b') };
    if (!alone) execFileSync('mkfifo', ['-m', '600', pipes.a, pipes.b]);
    const batons: Record<Side, BatonPaths> = {
      a: { incoming: pipes.a, outgoing: pipes.b },
      b: { incoming: pipes.b, outgoing: pipes.a },
    };
    this.#tasks = alone
      ? [{ plays: sides, task: this.#begin(sides, start.variants.a) }]
      : sides.map((side) => ({
          plays: [side],
          task: this.#begin([side], start.variants[side], batons[side]),
          paths: batons[side],
        }));
    this.#ready = this.#answers();
    this.endings = this.#allEnded();
  }

  #begin(plays: readonly Side[], variant: Variant, baton?: BatonPaths): RunningTask {
    const { planned, contexts, pairing, ...rest } = this.#start;
    const task: PairTask = {
      do: 'pair',
      parts: plays.map((side) => ({ side, file: planned[side].file, context: contexts[side] })),
      ...(baton !== undefined && { baton }),
      aloneMs: ALONE_MS,
    };
    const holder: { task?: RunningTask } = {};
    holder.task = startTask(task, {
      ...rest,
      plain: plays.every((side) => planned[side].plain),
      // Each its own: what one of them leaves behind is killed while the other still runs.
      marker: `${rest.marker}.${plays.join('')}`,
      variant: pairing.method === 'lockstep' ? collectedAlike(variant) : variant,
      onPairNews: (news) => this.#heard.get(holder.task)?.(news),
    });
    return holder.task;
  }

  /** One answer of every process; undefined of one that ended instead. */
  #answers(): Promise<(PairNews | undefined)[]> {
    return Promise.all(
      this.#tasks.map(({ task }) =>
        Promise.race([
          new Promise<PairNews>((resolve) => this.#heard.set(task, resolve)),
          task.ending.then(() => undefined),
        ]),
      ),
    );
  }

  async #allEnded(): Promise<Record<Side, Ending>> {
    const ended = await Promise.all(
      this.#tasks.map(async ({ plays, task }) => {
        const ending = await task.ending;
        this.gone = true;
        // Whoever waits for it would wait for ever.
        for (const other of this.#tasks) if (other.task !== task) release(other.paths);
        return plays.map((side) => [side, ending] as const);
      }),
    );
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    return Object.fromEntries(ended.flat()) as Record<Side, Ending>;
  }

  /** Waits until both are set up. @returns Time of a round of each, alone [ns]; undefined if one has ended. */
  async ready(): Promise<Record<Side, number> | undefined> {
    const answers = await this.#ready;
    const times = answers.flatMap((news) => (news?.did === 'ready' ? Object.entries(news.roundNs) : []));
    return times.length === sides.length ? (Object.fromEntries(times) as Record<Side, number>) : undefined;
  }

  /** Puts all its processes on the CPU where they take turns, or lets them off it. */
  async pin(where: 'on' | 'off'): Promise<void> {
    const { pairing } = this.#start;
    if (pairing.method !== 'lockstep') return;
    const cpus = where === 'on' || pairing.others.length === 0 ? [pairing.cpu] : pairing.others;
    await Promise.all(this.#tasks.map(({ task }) => moveTo(task.pid, cpus)));
  }

  /** Lets both take turns. @returns Times of both sides, of equal length; undefined if one has ended. */
  async turns(wanted: TurnsWanted): Promise<Record<Side, TurnTimes> | undefined> {
    const answers = this.#answers();
    for (const { task } of this.#tasks) task.say({ do: 'turns', ...wanted });
    const told = (await answers).flatMap((news) => (news?.did === 'turns' ? Object.entries(news.sides) : []));
    return told.length === sides.length ? (Object.fromEntries(told) as Record<Side, TurnTimes>) : undefined;
  }

  /** Lets both measure what they can alone, and end. */
  finish(batches: Readonly<Record<Side, Batches>>, profile: boolean): void {
    for (const { task } of this.#tasks) task.say({ do: 'finish', batches, profile });
  }

  /** Ends both, whatever they do. */
  stop(): void {
    for (const { task, paths } of this.#tasks) {
      release(paths);
      task.stop();
    }
  }
}

function collectedAlike(variant: Variant): Variant {
  return { ...variant, execArgv: [...ALIKE, ...(variant.execArgv ?? [])] };
}

function release(paths: BatonPaths | undefined): void {
  if (paths === undefined) return;
  try {
    releaseWaiting(paths);
  } catch {
    // The pipe is gone with its folder, or full of words that nobody reads: nobody waits then.
  }
}
