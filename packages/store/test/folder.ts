import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Path of a file that is not there yet, in a folder that is removed after the test. */
export function freshFile(name = 'history.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'perf-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}
