import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('./fixtures/allocating.mjs', import.meta.url));
const PROCESSES = 5;

/** Bytes per operation that fresh processes measure, two at a time. */
async function inFreshProcesses(name: string): Promise<number[]> {
  const run = async () => Number((await promisify(execFile)(process.execPath, [program, name])).stdout);
  const bytes: number[] = [];
  while (bytes.length < PROCESSES) bytes.push(...(await Promise.all([run(), run()])));
  return bytes.slice(0, PROCESSES);
}

describe('heap per operation in fresh processes', () => {
  for (const [name, least] of [
    ['parsed text', 1000],
    ['awaited arrays', 800],
    ['map of strings', 1000],
  ] as const) {
    it(`is the same within 1 % for a function that always allocates the same: ${name}`, async () => {
      const bytes = await inFreshProcesses(name);
      expect(Math.min(...bytes)).toBeGreaterThan(least);
      expect(Math.max(...bytes) / Math.min(...bytes)).toBeLessThan(1.01);
    });
  }
});
