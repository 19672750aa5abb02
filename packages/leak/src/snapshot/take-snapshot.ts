import { getHeapSnapshot } from 'node:v8';
import { type HeapSnapshot, SnapshotReader } from './snapshot-reader.js';

/**
 * A snapshot of this process's heap at the time of the call. V8 collects garbage first.
 *
 * @throws {LeakError} `leak/snapshot` if its form is not known.
 *
 * Cost: stops the process while V8 walks the heap; some 100 bytes of native memory per object meanwhile, and about
 * 50 for the result.
 */
export async function takeSnapshot(): Promise<HeapSnapshot> {
  const reader = new SnapshotReader();
  for await (const chunk of getHeapSnapshot() as AsyncIterable<Uint8Array | string>) {
    reader.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  return reader.end();
}
