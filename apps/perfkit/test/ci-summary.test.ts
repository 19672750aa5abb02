import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@perf/store';
import { describe, expect, it } from 'vitest';
import { folderOf, judged, step } from './ci-job.js';
import { folderWith } from './cli.js';

const slower = (hot?: { function: string; file: string; line: number }) =>
  judged({ name: 'get', before: 100, after: 1000, ...(hot !== undefined && { hot }) });

/** Summarises the run of a folder as a step of a job would. */
function summary(folder: string, ...more: string[]) {
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_WORKSPACE: folder,
  };
  return step(folder, env, 'ci', 'summary', '--file', 'run.json', ...more);
}

/** The workflow commands of an output, as GitHub Actions reads them. */
function annotations(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, level, properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
      const plain = (text: string) =>
        text
          .replaceAll('%3A', ':')
          .replaceAll('%2C', ',')
          .replaceAll('%0D', '\r')
          .replaceAll('%0A', '\n')
          .replaceAll('%25', '%');
      const named = Object.fromEntries(
        properties
          .split(',')
          .map((one) => [one.slice(0, one.indexOf('=')), plain(one.slice(one.indexOf('=') + 1))]),
      );
      return { level, message: plain(message), ...named } as Record<string, string | undefined>;
    });
}

describe('perfkit ci summary', () => {
  it('appends the report to the summary of the step, annotates a critical regression and ends with 1', async () => {
    const folder = folderOf(slower());
    writeFileSync(join(folder, 'summary.md'), '# Before\n');
    const { code, stdout, stderr } = await summary(folder);
    expect(stderr).toBe('');
    const text = readFileSync(join(folder, 'summary.md'), 'utf8');
    expect(text).toMatch(/^# Before\n/);
    expect(text).toContain('shop › get');
    const [annotation, ...more] = annotations(stdout);
    expect(more).toEqual([]);
    expect(annotation).toMatchObject({
      level: 'error',
      title: expect.stringContaining('critical regression: shop › get'),
    });
    expect(annotation?.message).toMatch(
      /time is 10\.0 × slower \(\d.* % interval .*, 5 against 5 processes, threshold 5 %\)\./,
    );
    expect(code).toBe(1);
  });

  it('prints the report as Markdown, without annotations, where there is no step', async () => {
    const { code, stdout } = await step(folderOf(slower()), {}, 'ci', 'summary', '--file', 'run.json');
    expect(stdout).toContain('shop › get');
    expect(stdout).not.toContain('::error');
    expect(code).toBe(1);
  });

  it('points at the function, relative to the workspace', async () => {
    const folder = folderOf(slower());
    const hot = { function: 'lookUp', file: `file://${folder}/src/a%20b.ts`, line: 12 };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(slower(hot)));
    expect(annotations((await summary(folder)).stdout)[0]).toMatchObject({ file: 'src/a b.ts', line: '12' });
  });

  it.each([
    ['a dependency', (folder: string) => `${folder}/node_modules/x/index.js`],
    ['a module of Node', () => 'node:internal/util'],
    ['another folder', () => '/etc/passwd'],
  ])('gives no place in %s', async (_, file) => {
    const folder = folderOf(slower());
    const hot = { function: 'lookUp', file: file(folder), line: 12 };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(slower(hot)));
    const [annotation] = annotations((await summary(folder)).stdout);
    expect(annotation).toMatchObject({ level: 'error' });
    expect(annotation).not.toHaveProperty('file');
  });

  it('shows the ten worst of 30 regressions, and says how many more there are', async () => {
    const probes = Array.from({ length: 30 }, (_, i) => ({
      name: `p${i}`,
      before: 100,
      after: 400 + i * 100,
    }));
    const { stdout, stderr } = await summary(folderOf(judged(...probes)));
    const shown = annotations(stdout);
    expect(shown.map(({ level }) => level)).toEqual(Array(10).fill('error'));
    expect(shown.map(({ title }) => /shop › (p\d+)/.exec(title ?? '')?.[1])).toEqual(
      Array.from({ length: 10 }, (_, i) => `p${29 - i}`),
    );
    expect(stderr).toContain('20 more are in the summary only.');
  });

  it('warns of regressions that do not fail, and tells of failed probes at the frame of their stack', async () => {
    const folder = folderOf(slower());
    const stack = `Error: no\n    at f (/usr/lib/x.js:1:1)\n    at g (${folder}/src/shop.ts:33:7)`;
    const run = judged(
      { name: 'get', before: 100, after: 130 },
      { name: 'put', before: 100, after: 100, failure: { message: 'no stock', stack } },
    );
    writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
    const { code, stdout } = await summary(folder);
    const [failure, regression] = annotations(stdout);
    expect(failure).toMatchObject({
      level: 'error',
      file: 'src/shop.ts',
      line: '33',
      message: '1 process failed: no stock',
    });
    expect(regression).toMatchObject({
      level: 'warning',
      title: expect.stringContaining('minor regression'),
    });
    expect(code).toBe(3);
  });

  it('tells of gates and leaks, as errors unless nothing is to fail', async () => {
    const probe = { suite: 'shop', name: 'get', kind: 'bench', params: {} };
    const folder = folderOf({
      ...judged({ name: 'get', before: 100, after: 100 }),
      gates: [
        {
          probe,
          metric: 'time',
          unit: 'ns',
          bound: 'at-most',
          limit: 50,
          state: 'failed',
          observed: { estimate: 102, low: 100, high: 104 },
          processes: 5,
          origin: 'perf.config.yaml',
        },
      ],
      leaks: [
        {
          probe,
          resource: 'heap',
          verdict: 'leaking',
          bytesPerIteration: { estimate: 2048, low: 2000, high: 2100 },
          processes: 5,
          sensitivityBytes: 10,
          culprit: { path: ['global', 'cache', 'Map'], site: { file: 'src/cache.ts', line: 4 } },
        },
      ],
    });
    const strict = await summary(folder);
    expect(strict.code).toBe(1);
    expect(annotations(strict.stdout)).toEqual([
      expect.objectContaining({
        level: 'error',
        message: expect.stringContaining('The limit is at most 50 ns, set by perf.config.yaml.'),
      }),
      expect.objectContaining({
        level: 'error',
        file: 'src/cache.ts',
        line: '4',
        message: expect.stringContaining('Held by global → cache → Map.'),
      }),
    ]);
    const lax = await summary(folder, '--fail-on', 'never');
    expect(lax.code).toBe(0);
    expect(annotations(lax.stdout).map(({ level }) => level)).toEqual(['warning', 'warning']);
  });

  it('lets no name start a command of its own or leave its property', async () => {
    const name = 'x,file=/etc/passwd::y\r\n::add-mask::100% \u001b[31m';
    const { stdout } = await summary(folderOf(judged({ name, before: 100, after: 1000 })));
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error title=[^,:\r\n]*::/);
    expect(lines[0]).not.toContain('\u001b');
    expect(annotations(stdout)[0]?.title).toContain('x,file=/etc/passwd::y\\r\\n::add-mask::100%');
  });

  it('keeps to 1 MiB with what is there already, counted in bytes', async () => {
    const probes = Array.from({ length: 60 }, (_, i) => ({
      name: `p${i} ${'🦥'.repeat(100)}`,
      before: 100,
      after: 1000,
    }));
    const folder = folderOf(judged(...probes));
    const file = join(folder, 'summary.md');
    writeFileSync(file, 'x'.repeat(1024 * 1024 - 20_000));
    await summary(folder);
    expect(statSync(file).size).toBeGreaterThan(1024 * 1024 - 15_000);
    expect(statSync(file).size).toBeLessThanOrEqual(1024 * 1024);
    writeFileSync(file, 'x'.repeat(1024 * 1024 - 10));
    const { code, stderr } = await summary(folder);
    expect(stderr).toContain('The summary of this step is full');
    expect(statSync(file).size).toBe(1024 * 1024 - 10);
    expect(code).toBe(1);
  });

  it('prints one document with --json', async () => {
    const { stdout } = await summary(folderOf(slower()), '--json', '--exit-zero');
    expect(JSON.parse(stdout)).toMatchObject({ annotations: [{ level: 'error' }], omitted: 0, outcome: 1 });
  });
});

describe('the run that perfkit ci reports', () => {
  it('is the newest of the history', async () => {
    const folder = folderWith();
    const { comparison, ...run } = slower();
    using store = openStore(join(folder, '.perfkit/history.sqlite'));
    store.importDocument({ ...run, comparison });
    const { code, stdout } = await step(folder, {}, 'ci', 'summary');
    expect(stdout).toContain('shop › get');
    expect(code).toBe(1);
  });

  it('is none before anything was measured, and that ends with 2', async () => {
    for (const more of [[], ['--compare']]) {
      const { code, stderr } = await step(folderWith(), {}, 'ci', 'summary', ...more);
      expect(stderr).toMatch(/Measure something first|Compare something first/);
      expect(code).toBe(2);
    }
  });
});
