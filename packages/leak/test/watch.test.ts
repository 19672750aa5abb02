import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { MemoryLeakDetector, readSnapshot, type WatchOptions, watchMemory } from '../src/index.js';

const PATIENCE_MS = 60_000;
const program = fileURLToPath(new URL('./fixtures/watch-once.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'perfkit-watch-'));
const run = promisify(execFile);

afterAll(() => rmSync(folder, { recursive: true }));

/** What a use of the watch in watch-once.mjs prints, on the built package. */
async function inOwnProcess(name: string, file = ''): Promise<ReturnType<typeof JSON.parse>> {
  const { stdout } = await run(process.execPath, [program, name, file]);
  return JSON.parse(stdout);
}

describe('watchMemory', () => {
  it('keeps no program alive', { timeout: PATIENCE_MS }, async () => {
    expect(await inOwnProcess('unstopped')).toBe('ends');
  });

  it('costs at most a hundredth where each reading takes long', { timeout: PATIENCE_MS }, async () => {
    const { cost, intervalMs, watchedMs } = await inOwnProcess('descriptors');
    expect(intervalMs).toBeGreaterThan(10);
    expect(cost.busyMs).toBeGreaterThanOrEqual(cost.longestMs);
    expect(cost.longestMs).toBeGreaterThan(0);
    // What the last reading took, at most the longest, has not been waited for yet; timers are up to 1 ms early.
    expect(cost.busyMs - cost.longestMs).toBeLessThanOrEqual(0.011 * watchedMs);
  });

  it('goes on after descriptors have run out, and says so once', { timeout: PATIENCE_MS }, async () => {
    const { stdout } = await run('sh', ['-c', `ulimit -n 100; '${process.execPath}' '${program}' exhausted`]);
    const { failures, more } = JSON.parse(stdout);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'leak/watch', message: expect.stringContaining('EMFILE') });
    expect(failures[0].remedy).toContain('descriptors');
    expect(more).toBeGreaterThan(0);
  });

  it('reads nothing after its stop', { timeout: PATIENCE_MS }, async () => {
    const { readings, first, second } = await inOwnProcess('stopped');
    expect(readings).toBeGreaterThan(0);
    expect(second).toEqual(first);
  });

  it('is there by another name in the detector', () => {
    const watch = new MemoryLeakDetector().watch();
    watch.stop();
    const { findings, cost, fullCollections } = watch.report();
    expect(findings.map(({ resource }) => resource)).toEqual(['heap', 'external', 'rss', 'fd', 'handle']);
    expect(findings.every(({ verdict, readings }) => verdict === 'undecided' && readings === 0)).toBe(true);
    expect(cost.busyMs).toBe(0);
    expect(fullCollections).toBe(0);
  });

  it.each<[keyof WatchOptions, unknown]>([
    ['intervalMs', 9],
    ['intervalMs', Number.NaN],
    ['intervalMs', '1000'],
    ['warmupMs', -1],
    ['minWindowMs', 1000],
    ['cycleMs', 60_000],
    ['floorBytes', 0],
    ['floorBytesPerHour', Number.POSITIVE_INFINITY],
    ['budgetBytes', -5],
    ['maxSnapshotHeapBytes', '64 MB'],
    ['snapshotDir', ''],
    ['snapshotDir', 7],
  ])('refuses the option %s of %s by name', (name, value) => {
    expect(() => watchMemory({ [name]: value } as WatchOptions)).toThrow(
      expect.objectContaining({ code: 'leak/option', message: expect.stringContaining(`"${name}"`) }),
    );
  });
});

describe('takeSnapshot of a watch', () => {
  it('writes a snapshot that can be read, and tells of it', { timeout: PATIENCE_MS }, async () => {
    const file = join(folder, 'asked.heapsnapshot');
    const { written, events } = await inOwnProcess('snapshot', file);
    expect(events).toEqual([written]);
    expect(written).toMatchObject({ file });
    expect((await readSnapshot(file)).nodes.length).toBeGreaterThan(0);
  });

  it('refuses a heap above the limit, and takes a limit of its own', { timeout: PATIENCE_MS }, async () => {
    const { refused, heapBytes } = await inOwnProcess('large', join(folder, 'large.heapsnapshot'));
    expect(refused.code).toBe('leak/snapshot-too-large');
    expect(refused.message).toMatch(/^The heap uses \d+ MiB, and snapshots are written up to 0 MiB/);
    expect(refused.remedy).toContain('maxHeapBytes');
    expect(heapBytes).toBeGreaterThan(1000);
  });

  it('says what is wrong with the file, and leaves no part of it', { timeout: PATIENCE_MS }, async () => {
    const missing = await inOwnProcess('snapshotOnto', join(folder, 'missing', 'a.heapsnapshot'));
    expect(missing).toMatchObject({ code: 'leak/snapshot-file', message: expect.stringContaining('ENOENT') });
    const before = readdirSync(folder);
    const taken = await inOwnProcess('snapshotOnto', folder);
    expect(taken).toMatchObject({ code: 'leak/snapshot-file' });
    expect(readdirSync(folder)).toEqual(before);
    expect(readdirSync(tmpdir()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('harms no service that listens to no failure', { timeout: PATIENCE_MS }, async () => {
    expect(await inOwnProcess('unheard', join(folder, 'missing'))).toBe('goes on');
  });
});
