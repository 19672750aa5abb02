import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit } from './cli.js';

const files = {
  'a.perf.ts': `import { bench, fails, skip, suite } from '@perf/bench';
function helper(n: number): number { let s = 0; for (let i = 1; i < n; i += 1) s += Math.sqrt(i) / (i % 7 || 1); return s; }
const lists = (): object[] => Array.from({ length: 100 }, (_, i) => ({ i }));
export default suite('a', {
  '../escape/hot': bench(() => helper(5000) + lists().length),
  aside: skip(bench(() => 1)),
  broken: fails(bench(() => { throw new Error('known'); })),
  fails: bench(() => { throw new Error('no such table'); }),
});
`,
};

describe('perfkit run --profiling', () => {
  it('writes profiles of what was measured that name the hot function and its file, and what they cost', () => {
    const root = folderWith(files);
    const { code, stdout, stderr } = perfkit(
      root,
      'run',
      '--profiling',
      ...['--processes', '1', '--time', '20ms', '--no-html', '--json'],
    );
    const run = readDocument('run', JSON.parse(stdout));
    expect(run.measurements.map(({ process }) => process.index)).toEqual([0, 0, 0]);
    expect(code).toBe(3);
    const folder = join(root, '.perfkit/profiles', run.id.slice(0, 12));
    const cpuFile = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
    const heapFile = cpuFile.replace('.cpuprofile', '.heapprofile');
    expect(cpuFile).toMatch(/^a-escape-hot-[0-9a-f]{8}\.cpuprofile$/);
    expect(readdirSync(folder).toSorted()).toEqual([cpuFile, heapFile, 'profiles.json'].toSorted());
    const shown = join('.perfkit', 'profiles', run.id.slice(0, 12), cpuFile);
    expect(stderr).toMatch(/a › \.\.\/escape\/hot {2}CPU profile -?\d+\.\d % overhead \(/);
    expect(stderr).toContain(shown);

    const { nodes } = JSON.parse(readFileSync(join(folder, cpuFile), 'utf8'));
    const hottest = nodes.toSorted((a: Hits, b: Hits) => b.hitCount - a.hitCount)[0];
    const url = pathToFileURL(join(root, 'a.perf.ts')).href;
    expect(hottest.callFrame).toMatchObject({ functionName: 'helper', url, lineNumber: 1 });
    const heap = readFileSync(join(folder, heapFile), 'utf8');
    expect(JSON.parse(heap)).toMatchObject({ head: { callFrame: { functionName: '(root)' } } });
    expect(heap).toContain(`"functionName":"lists","scriptId":`);

    const manifest = JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8'));
    const overhead = {
      of: 'cpu',
      estimate: expect.any(Number),
      low: expect.any(Number),
      pairs: expect.any(Number),
    };
    expect(manifest).toMatchObject({
      run: run.id,
      profiles: [
        {
          probe: { suite: 'a', name: '../escape/hot' },
          cpu: { file: cpuFile, interval: 1_000_000, unit: 'ns', overhead },
          heap: { file: heapFile, unit: 'bytes', overhead },
        },
      ],
    });
  });

  it('is not what --profile means, and whoever mixes them up is told', () => {
    const root = folderWith(files);
    for (const words of [['--profile'], ['--profile', 'a.perf.ts']]) {
      const { code, stderr } = perfkit(root, 'run', ...words);
      expect(stderr).toContain('To see where time and memory go, write --profiling.');
      expect(code).toBe(2);
    }
    expect(existsSync(join(root, '.perfkit'))).toBe(false);
  });
});

interface Hits {
  readonly hitCount: number;
}
