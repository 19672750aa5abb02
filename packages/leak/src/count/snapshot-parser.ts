import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { LeakError } from '../leak-error.js';
import type { Running } from '../snapshot/retainers.js';
import { snapshotProgram } from '../snapshot-program.js';
import type { Subject } from '../subject/subject.js';
import type { SnapshotAnswer, SnapshotQuestion } from './snapshot-messages.js';
import type { CulpritQuestion, SeriesCulprit, SeriesFindings } from './snapshot-series.js';
import type { LeastGrowth } from './sustained.js';

/**
 * Takes heap snapshots of a subject and has them read by a process of its own: reading in the examined process would add
 * to its heap what is then counted.
 */
export class SnapshotParser {
  readonly #child: ChildProcess;
  #folder = '';
  readonly #waiting: { resolve: (answer: SnapshotAnswer) => void; reject: (error: LeakError) => void }[] = [];
  #taken = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (answer: SnapshotAnswer) => this.#waiting.shift()?.resolve(answer));
    const fail = (why: string) => {
      for (const { reject } of this.#waiting.splice(0)) reject(unread(why));
    };
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`the process that reads them ended with ${signal ?? code}`));
  }

  /**
   * Starts the process, which is idle then.
   *
   * @throws {LeakError} `leak/snapshot` if it does not start or there is no folder to write to.
   */
  static async start(least: LeastGrowth, running: Running): Promise<SnapshotParser> {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = fork(snapshotProgram, { execArgv: [], env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const parser = new SnapshotParser(child);
    try {
      const answer = await parser.#ask({ ask: 'begin', least, running });
      if (answer.answer === 'begun') parser.#folder = answer.folder;
      return parser;
    } catch (error) {
      parser.close();
      throw error;
    }
  }

  /**
   * Takes a snapshot and has it counted.
   *
   * @param iterations - Done since the one before.
   * @throws {LeakError} `leak/snapshot` if it cannot be written or read.
   */
  async add(subject: Subject, iterations: number): Promise<SeriesFindings> {
    this.#taken += 1;
    const file = join(this.#folder, `${this.#taken}.heapsnapshot`);
    try {
      await subject.writeSnapshot(file);
    } catch (cause) {
      throw unread(`none can be written to ${this.#folder}`, cause);
    }
    const answer = await this.#ask({ ask: 'add', file, iterations });
    if (answer.answer !== 'findings') throw unread(`it answered ${answer.answer}`);
    return answer.findings;
  }

  /** See `SnapshotSeries.owners`. @throws {LeakError} `leak/snapshot`. */
  async owners(containers: readonly number[]): Promise<readonly (readonly number[])[]> {
    const answer = await this.#ask({ ask: 'owners', containers });
    if (answer.answer !== 'owners') throw unread(`it answered ${answer.answer}`);
    return answer.owners;
  }

  /** See `SnapshotSeries.culprit`. @throws {LeakError} `leak/snapshot`. */
  async culprit(question: CulpritQuestion): Promise<SeriesCulprit> {
    const answer = await this.#ask({ ask: 'culprit', question });
    if (answer.answer !== 'culprit') throw unread(`it answered ${answer.answer}`);
    return answer.culprit;
  }

  /** Ends the process and removes what was written. */
  close(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill('SIGKILL');
    if (this.#folder !== '') rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(question: SnapshotQuestion): Promise<SnapshotAnswer> {
    const answer = await new Promise<SnapshotAnswer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.send(question, (error) => {
        if (error !== null) reject(unread(error.message));
      });
    });
    if (answer.answer === 'error') throw unread(answer.message);
    return answer;
  }
}

function unread(why: string, cause?: unknown): LeakError {
  return new LeakError('leak/snapshot', `Heap snapshots cannot be compared: ${why}.`, {
    remedy: 'Look for room in the folder for temporary files, or leave them out: snapshots: false.',
    cause,
  });
}
