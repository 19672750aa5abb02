import { mkdtempSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Caller, siteOf, watchRetained } from '../src/count/retained-site.js';
import { originOf } from '../src/count/source-place.js';
import { leak } from '../src/index.js';
import { thisProcess } from '../src/subject/this-process.js';
import { context } from './context.js';

const limits = { untilMs: Number.POSITIVE_INFINITY, signal: new AbortController().signal };

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
    const subject = thisProcess(() => keep(kept));
    const watch = await watchRetained(await subject.inspector(), 1e6);
    await subject.iterate(20, limits);
    const { most, warnings } = await watch.stop();
    expect(warnings).toEqual([]);
    expect(await siteOf(await subject.inspector(), most as Caller)).toMatchObject({
      file: 'file://host/share/app.js',
      line: 1,
    });
    subject.close();
  });

  it('is no code of perfkit, in whichever of its packages', async () => {
    const keep = keeperAt('/app/node_modules/@perf/runner/dist/child.js');
    const kept: unknown[] = [];
    const call = runInThisContext('(keep, kept) => keep(kept)', {
      filename: '/app/node_modules/@perf/runner/dist/child.js',
    }) as (keep: Keep, kept: unknown[]) => void;
    const subject = thisProcess(call.bind(undefined, keep, kept));
    const watch = await watchRetained(await subject.inspector(), 1e6);
    await subject.iterate(20, limits);
    expect(await watch.stop()).toEqual({ warnings: [] });
    subject.close();
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
      { iterations: 5, blocks: 6, warmup: 0, snapshots: true },
    ).measure(context());
    other.disconnect();
    expect(status).toBe('ok');
    expect(warnings).toEqual([
      { code: 'leak/no-site', message: expect.stringContaining('the inspector refused') as string },
    ]);
    expect(artifacts.growth?.constructors).toBeInstanceOf(Array);
  });

  it('is in the source that a source map names, by a file of its own or in the code', () => {
    const folder = mkdtempSync(join(tmpdir(), 'perfkit-maps-'));
    // The second line of the code comes from line 42 of src/app.ts.
    const map = JSON.stringify({ version: 3, sources: ['../src/app.ts'], names: [], mappings: ';AAyCA' });
    const inline = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
    writeFileSync(join(folder, 'app.js.map'), map);
    for (const [name, reference] of [
      ['app.js', 'app.js.map'],
      ['inline.js', inline],
    ] as const) {
      const file = join(folder, name);
      writeFileSync(file, `// built\nfn();\n//# sourceMappingURL=${reference}\n`);
      const place = { url: pathToFileURL(file).href, lineNumber: 1, columnNumber: 0 };
      expect(originOf(place)).toEqual({ file: join(folder, '..', 'src', 'app.ts'), line: 42 });
    }
    // Nothing on the disk says what a test runner made of the file on its way.
    const loaded = { url: '/app/cart.ts', lineNumber: 1, columnNumber: 0 };
    expect(originOf(loaded, `// built\nfn();\n//# sourceMappingURL=${inline}\n`)).toEqual({
      file: '/src/app.ts',
      line: 42,
    });
    const broken = join(folder, 'broken.js');
    writeFileSync(broken, '//# sourceMappingURL=gone.js.map');
    const place = { url: pathToFileURL(broken).href, lineNumber: 4, columnNumber: 2 };
    expect(originOf(place)).toEqual({ file: broken, line: 5 });
  });
});
