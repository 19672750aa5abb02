import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '@perf/store';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, startPerfkit } from './cli.js';

/** Waits until so many measurements of the newest run are in the store, as another process sees it. */
async function stored(root: string, count: number, store = '.perfkit/history.sqlite'): Promise<void> {
  for (;;) {
    try {
      using history = openStore(join(root, store), { readonly: true });
      if ((history.listRuns({ limit: 1 })[0]?.measurements ?? 0) >= count) return;
    } catch {}
    await sleep(50);
  }
}

describe('a run that is interrupted', () => {
  it('by Ctrl-C ends with 130, keeps and prints what was measured', async () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    const child = startPerfkit(root, 'run', '--json', '--processes', '500', '--time', '20ms', '--no-html');
    let stdout = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    await stored(root, 2);
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    const run = JSON.parse(stdout);
    expect(run.status).toBe('interrupted');
    expect(run.measurements.length).toBeGreaterThanOrEqual(2);
    expect(JSON.parse(perfkit(root, 'report', '--json').stdout).measurements).toHaveLength(
      run.measurements.length,
    );
  });

  it('by kill -9 leaves a store that is whole, with every finished measurement', async () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    const child = startPerfkit(root, 'run', '--processes', '500', '--time', '20ms', '--no-html');
    await stored(root, 3);
    child.kill('SIGKILL');
    await once(child, 'close');
    const run = JSON.parse(perfkit(root, 'report', '--json').stdout);
    expect(run.status).toBe('running');
    expect(run.measurements.length).toBeGreaterThanOrEqual(3);
    expect(perfkit(root, 'report').stdout).toMatch(/a › spin takes/);
    expect(perfkit(root, 'run', '--processes', '1', '--time', '20ms', '--no-html').code).toBe(0);
    expect(perfkit(root, 'baseline', 'set', run.id)).toMatchObject({ code: 2 });
  });

  it('by kill -9 in the middle of a comparison loses neither side', async () => {
    const spin = benchFile('a', 'spin', 300);
    const root = folderWith({ 'before/a.perf.ts': spin, 'after/a.perf.ts': spin });
    const kept = '.perfkit/compare/runs.sqlite';
    const child = startPerfkit(root, 'compare', 'before', 'after', '--processes', '500', '--time', '20ms');
    await stored(root, 2, kept);
    child.kill('SIGKILL');
    await once(child, 'close');
    using store = openStore(join(root, kept), { readonly: true });
    for (const run of store.exportDocuments()) {
      expect(run.status).toBe('running');
      expect(run.measurements.length).toBeGreaterThanOrEqual(1);
    }
    expect(store.listRuns()).toHaveLength(2);
  });
});
