import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { aRun } from './documents.js';
import { freshFile } from './folder.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

beforeAll(() => {
  if (!existsSync(path('../dist/index.js')))
    throw new Error('These tests run the built package: build it first.');
});

/** What a writer said, and how it ended. `killAfter`: SIGKILL once it has reported so many measurements. */
async function writer(
  file: string,
  { seed, count, killAfter }: { seed: number; count: number; killAfter?: number },
): Promise<{ run: string; finished: string[]; closed: boolean; signal: unknown; errors: string }> {
  const child = spawn(process.execPath, [path('fixtures/writer.mjs'), file, String(seed), String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exit = once(child, 'exit');
  const said: Record<string, string[]> = { run: [], measurement: [], closed: [] };
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind = '', value = ''] = line.split(' ');
    said[kind]?.push(value);
    if (said.measurement?.length === killAfter) child.kill('SIGKILL');
  }
  const [, signal] = (await exit) as unknown[];
  const { run: [run = ''] = [], measurement: finished = [], closed = [] } = said;
  return { run, finished, closed: closed.length === 1, signal, errors };
}

function integrity(file: string): unknown {
  const database = new Database(file, { readonly: true });
  const found = database.pragma('integrity_check', { simple: true });
  database.close();
  return found;
}

describe('writers in processes of their own', () => {
  it('lose nothing to each other, from the making of the file on', async () => {
    const file = freshFile('new/history.db');
    const count = 150;
    const writers = await Promise.all([1, 2, 3].map((seed) => writer(file, { seed, count })));
    expect(writers.map(({ errors, closed }) => ({ errors, closed }))).toEqual(
      writers.map(() => ({ errors: '', closed: true })),
    );
    expect(integrity(file)).toBe('ok');
    const store = openStore(file, { readonly: true });
    for (const { run, finished } of writers) {
      expect(finished.length).toBe(count);
      expect(store.getRun(run)).toMatchObject({ status: 'complete' });
      expect(store.getRun(run).measurements.map(({ id }) => id)).toEqual(finished);
    }
    expect(store.points().flatMap(({ points }) => points).length).toBe(3 * count);
    store.close();
  });
});

describe('a writer that is killed with SIGKILL while it appends', () => {
  it.each([1, 20, 61])(
    'after %i measurements leaves a sound file with all that it had finished',
    async (killAfter) => {
      const file = freshFile();
      const { run, finished, signal, errors } = await writer(file, { seed: 1, count: 0, killAfter });
      expect({ signal, errors }).toEqual({ signal: 'SIGKILL', errors: '' });

      const reader = openStore(file, { readonly: true });
      expect(reader.getRun(run).measurements.map(({ id }) => id)).toEqual(expect.arrayContaining(finished));
      reader.close();

      const store = openStore(file);
      const stored = store.getRun(run);
      expect(stored.status).toBe('running');
      // One more may be stored than it had time to report.
      expect(stored.measurements.length - finished.length).toBeOneOf([0, 1]);
      expect(stored.measurements.slice(0, finished.length).map(({ id }) => id)).toEqual(finished);
      expect(stored.measurements.every(({ metrics }) => metrics[0]?.samples?.length === 500)).toBe(true);
      store.finishRun(run, { status: 'interrupted', finishedAt: '2025-03-04T09:30:00Z' });
      store.close();
      expect(integrity(file)).toBe('ok');
    },
  );

  it('does not keep a second writer from finishing', async () => {
    const file = freshFile();
    const [killed, other] = await Promise.all([
      writer(file, { seed: 1, count: 0, killAfter: 30 }),
      writer(file, { seed: 2, count: 100 }),
    ]);
    expect(other.closed).toBe(true);
    const store = openStore(file);
    expect(store.getRun(other.run).measurements.length).toBe(100);
    expect(store.getRun(killed.run).measurements.map(({ id }) => id)).toEqual(
      expect.arrayContaining(killed.finished),
    );
    store.close();
    expect(integrity(file)).toBe('ok');
  });
});

it.skipIf(process.platform === 'win32')(
  'a history in a folder that may not be written to can be read',
  async () => {
    const file = freshFile();
    const store = openStore(file);
    const run = aRun();
    store.putRun(run);
    store.close();
    chmodSync(dirname(file), 0o555);
    const reader = spawn(process.execPath, [path('fixtures/reader.mjs'), file]);
    const chunks: Buffer[] = [];
    for (const stream of [reader.stdout, reader.stderr])
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(reader, 'close');
    expect(Buffer.concat(chunks).toString()).toBe(`${run.id}\n`);
  },
);
