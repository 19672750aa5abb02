import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Advice, readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { annotationsOf } from '../src/github/annotations.js';
import { outcomeOf } from '../src/judge/outcome.js';
import { withWaivers } from '../src/waivers/waivers.js';
import { judged, step } from './ci-job.js';
import { folderWith, perfkit, quick } from './cli.js';
import { folderWithHistory } from './trend-store.js';

const later = '2199-12-31';
const rate = (value: number) => `import { bench, suite } from '@perf/bench';
export default suite('cache', {
  get: bench(() => 1, { metrics: () => ({ hit_rate: { value: ${value}, unit: 'ratio', better: 'higher', judged: true } }) }),
});
`;
const measure = [
  'run',
  '--processes',
  '5',
  '--fail-on',
  'minor',
  ...quick.filter((flag) => flag !== '--json'),
];
const accepted = (folder: string, ...args: string[]) =>
  perfkit(folder, 'accept', 'cache › get', '--reason', 'the new cache, see #12', ...args);

describe('perfkit accept', () => {
  it('keeps a regression from failing until its day, and every report says so', async () => {
    const root = folderWith({ 'cache.perf.ts': rate(0.9) });
    expect(perfkit(root, ...measure).code).toBe(0);
    expect(perfkit(root, 'baseline', 'set').code).toBe(0);
    writeFileSync(join(root, 'cache.perf.ts'), rate(0.7));
    expect(perfkit(root, ...measure).code).toBe(1);

    // Time moves by itself in so short a run: only what was accepted is told apart here.
    const { code, stdout } = accepted(root, '--until', later, '--metric', 'hit_rate');
    expect(code).toBe(0);
    expect(stdout).toContain(
      `do not fail a run until ${later}; every report says so. Commit perf.waivers.yaml.`,
    );
    const again = perfkit(root, ...measure, '--json');
    const run = readDocument('run', JSON.parse(again.stdout));
    const compared = run.comparison?.comparisons ?? [];
    const hitRate = compared.find(({ metric }) => metric === 'hit_rate');
    expect(hitRate).toMatchObject({
      verdict: 'regressed',
      waiver: { reason: 'the new cache, see #12', until: later, holds: true },
    });
    const others = compared.some(({ metric, verdict }) => metric !== 'hit_rate' && verdict === 'regressed');
    expect(again.code).toBe(others ? 1 : 0);
    expect(again.stderr).toContain('Accepted for a while, and not counted: 1 of');
    const sentence = `Accepted until ${later}: the new cache, see #12.`;
    expect(perfkit(root, 'report').stdout).toContain(sentence);
    for (const format of ['md', 'junit', 'html']) {
      const out = join(root, format);
      expect(perfkit(root, 'report', '--format', format, '--out', out).code).toBe(0);
      const [file = ''] = readdirSync(out);
      expect(readFileSync(join(out, file), 'utf8'), format).toContain(`Accepted until ${later}`);
    }
    const summary = await step(root, {}, 'ci', 'summary', '--fail-on', 'minor');
    expect(summary.code).toBe(others ? 1 : 0);

    const file = join(root, 'perf.waivers.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(later, '2020-01-01'));
    const over = perfkit(root, ...measure);
    expect(over.code).toBe(1);
    expect(over.stdout).toContain('Was accepted until 2020-01-01, which is over');
  });

  it('replaces the waiver of the same probe and metric, and leaves comments and others as they are', () => {
    const text = `# ours
waivers:
  - probe: other › probe # slow disk
    reason: known
    until: 2030-01-01
`;
    const root = folderWith({ 'perf.waivers.yaml': text });
    expect(accepted(root, '--until', later).code).toBe(0);
    expect(accepted(root, '--until', '2198-01-01', '--critical').code).toBe(0);
    expect(accepted(root, '--until', '2197-01-01', '--metric', 'heap').code).toBe(0);
    expect(readFileSync(join(root, 'perf.waivers.yaml'), 'utf8')).toBe(`${text}  - probe: cache › get
    reason: "the new cache, see #12"
    until: 2198-01-01
    critical: true
  - probe: cache › get
    metric: heap
    reason: "the new cache, see #12"
    until: 2197-01-01
`);
  });

  it('takes a part of a name where the history has only one such probe', () => {
    const { folder } = folderWithHistory({ levels: [1000] });
    const { code, stdout } = perfkit(folder, 'accept', 'GET', '--reason', 'r', '--until', later, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: 'perf.waivers.yaml',
      waiver: { probe: 'cache › get, hit', reason: 'r', until: later },
    });
    expect(perfkit(folder, 'accept', 'set', '--reason', 'r', '--until', later)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No stored probe is called something like "set".'),
    });
    const whole = perfkit(folder, 'accept', 'cache › set', '--reason', 'r', '--until', later);
    expect(whole.stderr).toContain('No stored probe is called cache › set; it is written down as it is.');
    expect(whole.code).toBe(0);
  });

  it.each([
    [['--until', later], 'A waiver needs a reason.'],
    [['--reason', 'r'], '--until is missing.'],
    [['--reason', 'r', '--until', '2199-02-30'], '--until is "2199-02-30".'],
    [['--reason', 'r', '--until', '2020-01-01'], '--until 2020-01-01 is over already'],
  ])('refuses %j with 2', (args, message) => {
    const { code, stderr } = perfkit(folderWith(), 'accept', 'a › b', ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('names line and column of what is wrong in the file, before anything is measured', () => {
    const wrong = 'waivers:\n  - probe: a › b\n    reason: r\n    untill: 2030-01-01\n';
    const root = folderWith({ 'perf.waivers.yaml': wrong, 'cache.perf.ts': rate(1) });
    for (const args of [['run'], ['accept', 'a › b', '--reason', 'r', '--until', later]]) {
      const { code, stderr } = perfkit(root, ...args);
      expect(stderr).toContain('perf.waivers.yaml:4:');
      expect(stderr).toContain('there is no such setting');
      expect(code).toBe(2);
    }
    expect(readFileSync(join(root, 'perf.waivers.yaml'), 'utf8')).toBe(wrong);
  });
});

describe('a waiver', () => {
  const { comparison } = judged(
    { name: 'doubled', before: 100, after: 210 },
    { name: 'tenfold', before: 100, after: 1000 },
    { name: 'same', before: 100, after: 100 },
  );
  const waiver = (name: string, more = {}) => ({
    probe: `cache › ${name}`,
    reason: 'r',
    until: '2026-03-01',
    ...more,
  });
  const holds = (waivers: Parameters<typeof withWaivers>[1], today = '2026-03-01') =>
    withWaivers(comparison, waivers, today).comparisons.map((one) => one.waiver?.holds);

  it('holds on its last day, not for critical regressions unless it says so, and only for what regressed', () => {
    const [suite] = comparison.comparisons.map(({ probe }) => probe.suite);
    const own = (name: string, more = {}) => ({ ...waiver(name, more), probe: `${suite} › ${name}` });
    const all = [own('doubled'), own('tenfold'), own('same')];
    const order = comparison.comparisons.map(({ probe }) => probe.name);
    const of = (name: string, values: (boolean | undefined)[]) => values[order.indexOf(name)];
    expect(['doubled', 'tenfold', 'same'].map((name) => of(name, holds(all)))).toEqual([
      true,
      false,
      undefined,
    ]);
    expect(of('doubled', holds(all, '2026-03-02'))).toBe(false);
    expect(of('tenfold', holds([own('tenfold', { critical: true })]))).toBe(true);
    expect(of('doubled', holds([own('doubled', { metric: 'heap' })]))).toBeUndefined();
    expect(
      of('doubled', holds([own('doubled', { until: '2020-01-01' }), own('doubled', { metric: 'time' })])),
    ).toBe(true);
  });

  it('that holds makes a warning of what would be an error, and says why', () => {
    const run = judged({ name: 'doubled', before: 100, after: 210 });
    const [{ probe }] = run.comparison.comparisons as [(typeof run.comparison.comparisons)[number]];
    const accepting = [{ probe: `${probe.suite} › ${probe.name}`, reason: 'known', until: '2026-03-01' }];
    const advice = { schema: 'perf/advice@1', run: run.id, findings: [] } as unknown as Advice;
    const seenOn = (today: string) => {
      const comparison = withWaivers(run.comparison, accepting, today);
      const policy = { failOn: 'minor' } as const;
      const where = { folder: '/', workspace: '/' };
      const [annotation] = annotationsOf({ ...run, comparison }, advice, policy, where).annotations;
      return {
        code: outcomeOf([run], comparison, policy),
        level: annotation?.level,
        text: annotation?.message,
      };
    };
    const text = expect.stringContaining('Accepted until 2026-03-01: known.');
    expect(seenOn('2026-03-01')).toEqual({ code: 0, level: 'warning', text });
    expect(seenOn('2026-03-02')).toMatchObject({ code: 1, level: 'error' });
  });
});
