import { createReadStream } from 'node:fs';
import { type HeapSnapshot, SnapshotReader } from './snapshot-reader.js';

/**
 * Reads a `.heapsnapshot` file of V8's, as Chrome DevTools, `node --heapsnapshot-signal` and `v8.writeHeapSnapshot` write
 * it, piece by piece.
 *
 * @throws {LeakError} `leak/snapshot` if it is none, or only a part of one; {Error} of the file system.
 *
 * Cost: some 4 bytes of memory for each number of the file, and its strings.
 */
export async function readSnapshot(file: string): Promise<HeapSnapshot> {
  const reader = new SnapshotReader();
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
    reader.write(chunk as Uint8Array);
  return reader.end();
}
