import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Coverage, type CoveredProbe, countAt } from '../src/index.js';
import { built } from './built.js';
import { planFor } from './measuring.js';
import { perfFile, project } from './project.js';

const lib = `export function used(deep: boolean): number {
  if (deep) {
    return 2;
  }
  return 1;
}
export function unused(): number {
  return 3;
}
`;

async function cover(
  files: Readonly<Record<string, string>>,
): Promise<{ root: string; all: CoveredProbe[] }> {
  const { coverProbes, discover } = await built();
  const root = project(files);
  const variants = [{ label: 'x', root, files: await discover(root) }];
  const all: CoveredProbe[] = [];
  for await (const covered of coverProbes({ ...planFor(root), variants, select: () => true }))
    all.push(covered);
  return { root, all };
}

/** The coverage of the only probe. */
async function coverageOf(
  files: Readonly<Record<string, string>>,
): Promise<{ root: string; seen: Coverage }> {
  const { root, all } = await cover(files);
  const coverage = all[0]?.coverage;
  if (coverage === undefined || 'unavailable' in coverage) throw new Error(JSON.stringify(all));
  return { root, seen: coverage };
}

function counts(
  { root, seen }: { root: string; seen: Coverage },
  file: string,
  text: string,
  of: string,
  phase: 'loading' | 'running' = 'running',
): number {
  const scripts = seen.scripts.filter(({ path }) => path === join(root, file));
  return scripts.reduce((sum, script) => sum + countAt(script[phase], text.indexOf(of)), 0);
}

const importing = (file: string, names: string) => `import { ${names} } from '${file}';\n`;

describe('coverProbes', () => {
  it('counts what a probe executes block by block, at the places of the file as it is written', async () => {
    const covered = await coverageOf({
      'lib.ts': lib,
      'a.perf.ts': importing('./lib.js', 'used') + perfFile('a', { one: 'used(false); used(false);' }),
    });
    expect(counts(covered, 'lib.ts', lib, 'if (deep)')).toBe(2);
    expect(counts(covered, 'lib.ts', lib, 'return 1')).toBe(2);
    expect(counts(covered, 'lib.ts', lib, 'return 2')).toBe(0);
    expect(counts(covered, 'lib.ts', lib, 'return 3')).toBe(0);
    expect(covered.seen.blind).toBeUndefined();
  });

  it('counts apart what modules do while they are loaded, and only runs the probe that was asked for', async () => {
    const { root, all } = await cover({
      'lib.ts': `${lib}unused();\n`,
      'a.perf.ts': importing('./lib.js', 'used') + perfFile('a', { one: '', two: 'used(true);' }),
    });
    const deep = all.map(({ coverage }) =>
      'unavailable' in coverage ? -1 : counts({ root, seen: coverage }, 'lib.ts', lib, 'return 2'),
    );
    expect(deep).toEqual([0, 1]);
    for (const { coverage } of all) {
      const [loading, running] = (['loading', 'running'] as const).map((phase) =>
        'unavailable' in coverage ? -1 : counts({ root, seen: coverage }, 'lib.ts', lib, 'return 3', phase),
      );
      expect([loading, running]).toEqual([1, 0]);
    }
  });

  it('counts what threads and processes execute that the probe starts and ends', async () => {
    const worker = `import { parentPort } from 'node:worker_threads';
import { used } from './lib.js';
parentPort.postMessage(used(true));
setInterval(() => undefined, 1000);
`;
    const plain = lib.replaceAll(/: (boolean|number)/g, '');
    const covered = await coverageOf({
      'package.json': '{"type":"module"}',
      'lib.js': plain,
      'worker.js': worker,
      'child.js': "import { unused } from './lib.js';\nunused();\n",
      'a.perf.ts': `import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
${perfFile('a', {
  one: `const worker = new Worker(new URL('./worker.js', import.meta.url));
  await once(worker, 'message');
  await worker.terminate();
  spawnSync(process.execPath, ['child.js']);`,
})}`,
    });
    expect(counts(covered, 'lib.js', plain, 'return 2')).toBe(1);
    expect(counts(covered, 'lib.js', plain, 'return 3')).toBe(1);
    expect(covered.seen.blind).toBeUndefined();
  });

  it.each([
    [
      'a thread that is still running',
      "new Worker('setInterval(() => 1, 1000)', { eval: true })",
      /leaves a thread running/,
    ],
    [
      'a process that was killed',
      "const child = spawn(process.execPath, ['-e', 'setInterval(() => 1, 1000)']); child.kill('SIGKILL'); await once(child, 'exit');",
      /was killed/,
    ],
  ])('says that it did not see %s', async (_, body, why) => {
    const imports = `import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
`;
    const { seen } = await coverageOf({ 'a.perf.ts': imports + perfFile('a', { one: body }) });
    expect(seen.blind).toMatch(why);
  });

  it('notes what is read as data, and no scripts', async () => {
    const { root, seen } = await coverageOf({
      'data.json': '{}',
      'other.json': '{}',
      'lib.ts': lib,
      'a.perf.ts': `import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
${importing('./lib.js', 'used')}${perfFile('a', { one: "used(false); readFileSync('data.json'); await readFile(new URL('other.json', import.meta.url));" })}`,
    });
    expect(seen.read.filter((path) => path.startsWith(root)).sort()).toEqual([
      join(root, 'data.json'),
      join(root, 'other.json'),
    ]);
  });

  it('does not claim to have seen all where the measured code ends the counting itself', async () => {
    const ends =
      "const session = new Session(); session.connect(); session.post('Profiler.enable'); session.post('Profiler.disable');";
    const { all } = await cover({
      'a.perf.ts': `import { Session } from 'node:inspector';\n${perfFile('a', { one: ends })}`,
    });
    expect(all[0]?.coverage).toMatchObject({ unavailable: expect.stringContaining('ended the counting') });
  });

  it('says why a probe that fails was not covered', async () => {
    const { all } = await cover({
      'a.perf.ts': perfFile('a', { one: "throw new Error('boom')", two: 'process.exit(3)' }),
    });
    expect(all.map(({ coverage }) => coverage)).toEqual([
      { unavailable: expect.stringContaining('boom') },
      { unavailable: expect.stringContaining('exited with code 3') },
    ]);
  });
});
