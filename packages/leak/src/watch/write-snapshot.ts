import { renameSync, rmSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import { describeError } from '@perf/schema/core';
import { LeakError } from '../leak-error.js';

const MIB = 2 ** 20;
/** Memory that V8 takes for a snapshot, over that of the heap: 10.4 to 11.7 with heaps of 14 to 114 MiB. */
const MEMORY_TIMES = 12;

/** A heap snapshot that was written. */
export interface WatchSnapshot {
  readonly file: string;
  /** Of the file. */
  readonly bytes: number;
  /** Of the heap that was used before. */
  readonly heapBytes: number;
  /** That the service stood still [ms]. */
  readonly tookMs: number;
}

/**
 * Writes a heap snapshot of this process, complete or not at all. Who may read the file is its owner alone: it holds all
 * texts of the program, passwords too.
 *
 * @param file - Is replaced if it is there.
 * @throws {LeakError} `leak/snapshot-too-large` above `maxHeapBytes`, or if memory for it is not there;
 * `leak/snapshot-file` if it cannot be written.
 *
 * Cost: stops the process meanwhile, and takes many times the heap in memory.
 */
export function writeSnapshot(file: string, maxHeapBytes: number): WatchSnapshot {
  const heapBytes = getHeapStatistics().used_heap_size;
  refuseLarge(heapBytes, maxHeapBytes);
  const from = performance.now();
  const part = `${file}.${process.pid}.part`;
  try {
    writeHeapSnapshot(part);
    renameSync(part, file);
    return { file, bytes: statSync(file).size, heapBytes, tookMs: performance.now() - from };
  } catch (error) {
    rmSync(part, { force: true });
    throw new LeakError('leak/snapshot-file', `No heap snapshot was written: ${describeError(error)}.`, {
      seen: file,
      remedy: 'Name a file in a folder that the service may write to, with twice the size of the heap free.',
      cause: error,
    });
  }
}

function refuseLarge(heapBytes: number, maxHeapBytes: number): void {
  const heap = `${Math.ceil(heapBytes / MIB)} MiB`;
  if (heapBytes > maxHeapBytes) {
    throw new LeakError(
      'leak/snapshot-too-large',
      `The heap uses ${heap}, and snapshots are written up to ${Math.floor(maxHeapBytes / MIB)} MiB.`,
      {
        seen: heapBytes,
        remedy: `Raise maxHeapBytes if the service may stand still for 0.2 s for each MiB and has ${MEMORY_TIMES} times its heap of memory to spare.`,
      },
    );
  }
  const available = process.availableMemory();
  if (MEMORY_TIMES * heapBytes <= available) return;
  throw new LeakError(
    'leak/snapshot-too-large',
    `A snapshot of a heap of ${heap} takes up to ${MEMORY_TIMES} times that, and ${Math.floor(available / MIB)} MiB of memory are available.`,
    {
      seen: available,
      remedy: 'Take the service out of its load balancer and give its container more memory.',
    },
  );
}
