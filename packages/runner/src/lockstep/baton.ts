import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { RunnerError } from '../runner-error.js';

/** Two named pipes, as each of the two processes sees them. */
export interface BatonPaths {
  /** Where the other side passes the baton. */
  readonly incoming: string;
  /** Where this side passes it. */
  readonly outgoing: string;
}

const GO = 1;
const STOP = 2;

/**
 * Whose turn it is, between two processes: a byte in a named pipe. A process that waits for it is asleep in the kernel,
 * its event loop with it, and wakes within microseconds; nothing else need run in between.
 */
export class Baton {
  readonly #incoming: number;
  readonly #outgoing: number;
  readonly #byte = Buffer.alloc(1);

  constructor({ incoming, outgoing }: BatonPaths) {
    // For reading and writing: opening one end alone would wait for the other.
    this.#incoming = openSync(incoming, 'r+');
    this.#outgoing = openSync(outgoing, 'r+');
  }

  /** Waits until the other side has passed. @throws {RunnerError} `runner/partner-gone` if it never will. */
  take(): void {
    readSync(this.#incoming, this.#byte, 0, 1, null);
    if (this.#byte[0] === STOP) {
      throw new RunnerError('runner/partner-gone', 'The process that it took turns with is gone.');
    }
  }

  pass(): void {
    this.#byte[0] = GO;
    writeSync(this.#outgoing, this.#byte);
  }

  close(): void {
    closeSync(this.#incoming);
    closeSync(this.#outgoing);
  }
}

/** Wakes a process that waits for a baton which nobody will pass. */
export function releaseWaiting({ incoming }: BatonPaths): void {
  const pipe = openSync(incoming, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    writeSync(pipe, Buffer.from([STOP]));
  } finally {
    closeSync(pipe);
  }
}
