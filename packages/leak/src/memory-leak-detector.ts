import type { Interval, LeakFinding } from '@perf/schema';
import { positive, wholeNumber } from './check-options.js';
import { floorsOf } from './growth/floors.js';
import { judgeGrowth } from './growth/judge-growth.js';
import { HeldLog } from './held/held-log.js';
import { type Held, type HeldResource, heldResources } from './held/read-held.js';
import { LeakError } from './leak-error.js';
import { settle } from './subject/settle.js';
import type { MemoryWatch } from './watch/memory-watch.js';
import { watchMemory } from './watch/watch-memory.js';
import type { WatchOptions } from './watch/watch-options.js';

/** 40 KiB of readings: a checkpoint a minute for a working day and more. */
const MOST_CHECKPOINTS = 1000;

export interface DetectorOptions {
  /** Growth per checkpoint that is no leak yet [bytes]; default 8. */
  readonly floorBytes?: number;
  /** Checkpoints to keep at most; whole number from 1, default 1000. Memory for them is allocated at once. */
  readonly capacity?: number;
}

/** Growth of one resource from checkpoint to checkpoint. */
export interface DetectorFinding {
  readonly resource: HeldResource;
  readonly verdict: LeakFinding['verdict'];
  /** Bytes, or for `fd` and `handle` their number. */
  readonly perCheckpoint: Interval;
  /** Smallest growth per checkpoint that could have been called leaking. */
  readonly sensitivity: number;
}

/** What a detector has seen. Plain data. */
export interface DetectorReport {
  readonly findings: readonly DetectorFinding[];
  /** The start and every checkpoint, in time order; NaN where something could not be read. */
  readonly readings: readonly { readonly label: string; readonly held: Held }[];
}

/** Readings since one start, and a label for each. */
interface Seen {
  readonly log: HeldLog;
  readonly labels: string[];
}

/**
 * Watches the memory of a program of your own, at the points that you choose: between requests, jobs or test cases.
 *
 * Each checkpoint collects garbage fully, so it stops the program for some milliseconds: it is for tests and
 * diagnosis. It needs no flags of Node.js. Fewer than 6 checkpoints leave every verdict `undecided`.
 */
export class MemoryLeakDetector {
  readonly #options: DetectorOptions;
  #seen: Seen | undefined;
  #state: 'new' | 'started' | 'stopped' = 'new';
  /** The last reading asked for: readings take turns, as each waits for the event loop. */
  #last: Promise<unknown> = Promise.resolve();

  /** @throws {LeakError} `leak/option` if an option is out of range. */
  constructor(options: DetectorOptions = {}) {
    positive('floorBytes', options.floorBytes);
    wholeNumber('capacity', options.capacity, 1);
    this.#options = options;
  }

  /**
   * Takes the reading that growth is counted from. Start when the program has warmed up. A second start begins anew.
   *
   * @throws {LeakError} `leak/detector-state` while it is started already.
   */
  async start(): Promise<void> {
    if (this.#state === 'started') {
      throw new LeakError('leak/detector-state', 'The detector is started already.', {
        remedy: 'Stop it first.',
      });
    }
    this.#state = 'started';
    const seen = { log: new HeldLog((this.#options.capacity ?? MOST_CHECKPOINTS) + 1), labels: [] };
    this.#seen = seen;
    await this.#inTurn(() => readInto(seen, 'start'));
  }

  /**
   * Collects garbage, reads what the program holds and keeps it. Checkpoints that are not awaited take turns.
   *
   * @param label - For the report; default its number.
   * @throws {LeakError} `leak/detector-state` if the detector is not started or its capacity is used up, also by
   * those that came before and are not done; or if it is stopped before this one's turn.
   */
  async checkpoint(label?: string): Promise<Held> {
    const seen = this.#started();
    return this.#inTurn(() => this.#checkpoint(seen, label));
  }

  async #checkpoint(seen: Seen, label: string | undefined): Promise<Held> {
    const { log } = seen;
    if (this.#started() !== seen) throw notStarted();
    if (log.length > (this.#options.capacity ?? MOST_CHECKPOINTS)) {
      throw new LeakError(
        'leak/detector-state',
        `The detector is full after ${log.length - 1} checkpoints.`,
        {
          seen: log.length - 1,
          remedy: 'Give it a greater capacity, or checkpoint less often.',
        },
      );
    }
    return readInto(seen, label ?? String(log.length));
  }

  /** Takes no more checkpoints. @throws {LeakError} `leak/detector-state` if the detector is not started. */
  stop(): void {
    this.#started();
    this.#state = 'stopped';
  }

  /** What was seen so far, also before `stop`. @throws {LeakError} `leak/detector-state` before `start`. */
  report(): DetectorReport {
    if (this.#seen === undefined) throw notStarted();
    const { log, labels } = this.#seen;
    const at = log.iterations();
    const floors = floorsOf(this.#options.floorBytes);
    const values = heldResources.map((resource) => [resource, log.readings(resource)] as const);
    const findings = values.flatMap(([resource, readings]) => {
      if (readings.length === 0) return [];
      const { verdict, perIteration, sensitivity } = judgeGrowth(at, readings, floors[resource]);
      return [{ resource, verdict, perCheckpoint: perIteration, sensitivity }];
    });
    const readings = at.map((_, index) => ({
      label: labels[index] ?? '',
      held: Object.fromEntries(values.map(([resource, all]) => [resource, all[index] ?? Number.NaN])) as Held,
    }));
    return { findings, readings };
  }

  /**
   * Watches this process for as long as it runs, at times of its own: for a service, which no one can stop at checkpoints.
   * It collects no garbage and has nothing to do with `start` and `stop` of the detector. The same as `watchMemory`.
   *
   * @throws {LeakError} `leak/option`.
   */
  watch(options: WatchOptions = {}): MemoryWatch {
    return watchMemory(options);
  }

  /** A line per resource: its verdict and growth per checkpoint. */
  toString(): string {
    if (this.#seen === undefined) return 'not started';
    return this.report()
      .findings.map(({ resource, verdict, perCheckpoint: { estimate, low, high } }) => {
        const [middle, from, to] = [estimate, low, high].map((value) => value.toFixed(1));
        return `${resource}: ${verdict}, ${middle} per checkpoint (${from} to ${to})`;
      })
      .join('\n');
  }

  /** Does something once all that came before is done, however it ended. */
  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#last.then(action);
    this.#last = done.catch(() => undefined);
    return done;
  }

  #started(): Seen {
    if (this.#state !== 'started' || this.#seen === undefined) throw notStarted();
    return this.#seen;
  }
}

async function readInto({ log, labels }: Seen, label: string): Promise<Held> {
  const held = await settle();
  labels.push(label);
  log.add(log.length, held);
  return held;
}

function notStarted(): LeakError {
  return new LeakError('leak/detector-state', 'The detector is not started.', {
    remedy: 'Await start() first.',
  });
}
