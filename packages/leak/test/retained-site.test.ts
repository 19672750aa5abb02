import { Session } from 'node:inspector/promises';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { iterate } from '../src/hunt/iterate.js';
import { watchRetained } from '../src/hunt/retained-site.js';
import { leak } from '../src/index.js';
import { context } from './context.js';

type Keep = (kept: unknown[]) => void;

/** A function that keeps arrays, from a file of that name for the engine. */
function keeperAt(filename: string): Keep {
  const code = '(kept) => { for (let i = 0; i < 100; i += 1) kept.push(new Array(500).fill(1)); }';
  return runInThisContext(code, { filename }) as Keep;
}

describe('the place where what is retained was allocated', () => {
  it('may have a file URL that is no path here', async () => {
    const keep = keeperAt('file://host/share/app.js');
    const kept: unknown[] = [];
    const watch = await watchRetained();
    for (let round = 0; round < 20; round += 1) keep(kept);
    expect(await watch.stop()).toEqual({ site: { file: 'file://host/share/app.js', line: 1 }, warnings: [] });
    watch.close();
  });

  it('is no code of perfkit, in whichever of its packages', async () => {
    const keep = keeperAt('/app/node_modules/@perf/runner/dist/child.js');
    const kept: unknown[] = [];
    const watch = await watchRetained();
    await iterate(() => keep(kept), 20, {
      untilMs: Number.POSITIVE_INFINITY,
      signal: new AbortController().signal,
    });
    expect(await watch.stop()).toEqual({ warnings: [] });
    watch.close();
  });

  it('is left out with a warning when the inspector refuses; the hunt keeps the rest', async () => {
    const other = new Session();
    other.connect();
    const kept: unknown[] = [];
    const { status, warnings, artifacts } = await leak(
      async () => {
        kept.push({ at: kept.length });
        // As another profiler in the process does, when it ends.
        await other.post('HeapProfiler.stopSampling').catch(() => undefined);
      },
      { iterations: 5, blocks: 6, warmupBlocks: 0, snapshots: true },
    ).measure(context());
    other.disconnect();
    expect(status).toBe('ok');
    expect(warnings).toEqual([
      { code: 'leak/no-site', message: expect.stringContaining('the inspector refused') as string },
    ]);
    expect(artifacts.growth?.constructors).toBeInstanceOf(Array);
  });
});
