import type { Readable } from 'node:stream';

const LIMIT = 4096;

/** The last 4 KiB of what a process wrote, to explain its end. Memory stays constant however much it writes. */
export class OutputTail {
  #bytes = Buffer.alloc(0);

  constructor(...streams: (Readable | null)[]) {
    for (const stream of streams) {
      stream?.on('data', (chunk: Buffer) => {
        this.#bytes = Buffer.concat([this.#bytes, chunk]).subarray(-LIMIT);
      });
    }
  }

  text(): string {
    return this.#bytes.toString('utf8').trim();
  }
}
