import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSnapshot } from '../src/index.js';
import { type Sent, watchedService } from './watched-service.js';

const PATIENCE_MS = 180_000;
/** Readings after full collections by which a healthy service has been looked at several times. */
const ENOUGH_READINGS = 30;

const folder = mkdtempSync(join(tmpdir(), 'perfkit-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

function suspects(resource: string): (sent: Sent) => boolean {
  return ({ suspicions }) => suspicions.some((suspicion) => suspicion.resource === resource);
}

function heapReadings({ report }: Sent): number {
  return report?.findings.find(({ resource }) => resource === 'heap')?.readings ?? 0;
}

describe('a watched service', () => {
  it(
    'that keeps 2 KB of each request is suspected, with the rate, the time that is left and the next step',
    async () => {
      const { suspicions } = await watchedService('leaking', suspects('heap'));
      const suspicion = suspicions.find(({ resource }) => resource === 'heap');
      expect(suspicion?.perHour.low).toBeGreaterThan(0);
      expect(suspicion?.growth).toBeGreaterThan(2 ** 20);
      expect(suspicion?.readings).toBeGreaterThanOrEqual(9);
      expect(suspicion?.overMs).toBeGreaterThanOrEqual(1500);
      expect(suspicion?.budget?.limit).toBeGreaterThan(suspicion?.held ?? Number.POSITIVE_INFINITY);
      expect(suspicion?.budget?.fullInMs).toBeGreaterThan(0);
      expect(suspicion?.message).toMatch(
        /^What V8 keeps on its heap grows by .* MiB an hour \(.*\), .*takeSnapshot/,
      );
    },
    PATIENCE_MS,
  );

  it.each([
    ['leakingBuffers', 'external'],
    ['leakingDescriptors', 'fd'],
    ['leakingTimers', 'handle'],
  ])(
    'is suspected for %s',
    async (name, resource) => {
      const { suspicions } = await watchedService(name, suspects(resource));
      const found = suspicions.find((suspicion) => suspicion.resource === resource);
      expect(found?.perHour.low).toBeGreaterThan(0);
      if (resource === 'fd') expect(Object.keys(found?.kinds ?? {})).toContain('/dev/null');
      if (resource === 'handle') expect(found?.message).toMatch(/Most are Timeout \(\d+\)/);
    },
    PATIENCE_MS,
  );

  it.each(['healthy', 'cache', 'sawtooth', 'diurnal'])(
    'that leaks nothing is not suspected: %s',
    async (name) => {
      const sent = await watchedService(name, (so) => heapReadings(so) >= ENOUGH_READINGS);
      expect(sent.suspicions).toEqual([]);
      expect(sent.report?.findings.find(({ resource }) => resource === 'heap')?.perHour).toBeDefined();
      expect(sent.failures).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'writes one snapshot at its first suspicion, which its owner alone can read',
    async () => {
      const sent = await watchedService('leaking', ({ snapshots }) => snapshots.length > 0, {
        snapshotDir: folder,
        // It leaks with its requests: on a fast machine there are many by the first suspicion.
        maxSnapshotHeapBytes: 2 ** 27,
      });
      const [snapshot] = sent.snapshots;
      const file = snapshot?.file ?? '';
      expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([file]);
      expect(statSync(file).size).toBe(snapshot?.bytes);
      expect(statSync(file).mode & 0o077).toBe(0);
      expect((await readSnapshot(file)).nodes.length).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'goes on where no snapshot can be written, and says so at once and when it is due',
    async () => {
      const sent = await watchedService('leaking', ({ failures }) => failures.length >= 2, {
        snapshotDir: join(folder, 'missing'),
      });
      // When it is due the heap may be too large by then, where the machine is busy: that is said as well.
      expect(sent.failures[0]).toBe('leak/snapshot-file');
      expect(['leak/snapshot-file', 'leak/snapshot-too-large']).toContain(sent.failures[1]);
      const large = await watchedService('leaking', ({ failures }) => failures.length > 0, {
        snapshotDir: folder,
        maxSnapshotHeapBytes: 2 ** 20,
      });
      expect(large.failures).toEqual(['leak/snapshot-too-large']);
    },
    PATIENCE_MS,
  );
});
