// What leakage 0.5.0 needs of the native @aidemaster/node-memwatch 1.0.5, which does not compile for Node.js 20: garbage
// collections, and the difference of two heap snapshots as its heapdiff.cc works it out. Snapshots are files and a
// process beside this one reads them, so that nothing of it lies in the heap that is measured.
//
// Needs --expose-gc.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHeapSnapshot } from 'node:v8';

const program = fileURLToPath(new URL('leak-memwatch-diff.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memwatch-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const before = join(folder, 'before.heapsnapshot');
const after = join(folder, 'after.heapsnapshot');

export function gc() {
  globalThis.gc();
}

export class HeapDiff {
  constructor() {
    writeHeapSnapshot(before);
  }

  /** @returns `change`: `size_bytes`, and `details` by kind of object with `what`, `size_bytes`, `+` and `-`. */
  end() {
    writeHeapSnapshot(after);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, before, after], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`leak-memwatch-diff.mjs ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  }
}
