import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit, perfkitWith } from './cli.js';

const once = ['--processes', '1', '--time', '20ms', '--no-html'];

/** A perf file of these probes, each written as an expression; what they measure takes no time. */
function perfFile(suite: string, probes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(probes).map(([name, made]) => `${JSON.stringify(name)}: ${made}`);
  return `import { fails, only, skip, suite } from '@perf/bench';
import { measurementOf } from '@perf/schema/core';
const probe = (body = () => {}, rest = {}) => ({
  kind: 'fixture',
  params: {},
  ...rest,
  async measure({ probe, processIndex: index, seed }) {
    body();
    return measurementOf({
      probe,
      process: { index, pid: process.pid },
      startedAt: new Date().toISOString(),
      elapsed: 1,
      seed,
      status: 'ok',
      metrics: [{ name: 'time', unit: 'ns', better: 'lower', value: 1, judged: true }],
    });
  },
});
const tagged = (...tags) => probe(undefined, { tags });
export default suite(${JSON.stringify(suite)}, { ${entries.join(', ')} });
`;
}

const namesOf = (stdout: string) =>
  readDocument('run', JSON.parse(stdout)).measurements.map(({ probe }) => probe.name);

describe('tags', () => {
  const files = {
    'a.perf.mjs': perfFile('a', {
      one: "tagged('slow', 'db')",
      two: "tagged('fast')",
      three: 'probe()',
    }),
  };

  it('select the probes with any of those asked for and none of those refused', () => {
    const root = folderWith(files);
    const names = (...flags: string[]) => namesOf(perfkit(root, 'run', '--json', ...once, ...flags).stdout);
    expect(names('--tag', 'slow', 'a.perf.mjs', '--tag', 'fast')).toEqual(['one', 'two']);
    expect(names('--not-tag', 'db')).toEqual(['two', 'three']);
    expect(names('--tag=slow', '--tag=fast', '--not-tag=db', '--only', 'T')).toEqual(['two']);
  });

  it.each([
    [['--tag', 'slo'], 'No probe has the tag "slo". Tags: db, fast, slow. Did you mean "slow"?'],
    [['--tag', 'slow', '--not-tag', 'dp'], 'No probe has the tag "dp".'],
    [['--tag', 'slow', '--only', 'two'], 'No probe has "two" in its name and the tag slow.'],
    [['--tag', ' '], '--tag and --not-tag need a tag.'],
  ])('that no probe has end with 2 and store nothing: %j', (flags, message) => {
    const root = folderWith(files);
    const { code, stdout, stderr } = perfkit(root, 'run', ...once, ...flags);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(perfkit(root, 'report').stderr).toMatch(/The history is empty|There is no history/);
  });

  it('may stand in the configuration and its profiles, which the command line replaces', () => {
    const config = 'processes: 1\ntime: 20ms\nnotTags: [slow, slwo]\nprofiles:\n  all: { notTags: [fast] }\n';
    const root = folderWith({ ...files, 'perf.config.yaml': config });
    const plain = perfkit(root, 'run', '--json', '--no-html');
    expect(namesOf(plain.stdout)).toEqual(['two', 'three']);
    expect(plain.stderr).toContain('names the tag "slwo", and no probe has it. Did you mean "slow"?');
    expect(namesOf(perfkit(root, 'run', '--json', '--no-html', '--profile', 'all').stdout)).toEqual([
      'one',
      'three',
    ]);
    expect(namesOf(perfkit(root, 'run', '--json', '--no-html', '--not-tag', 'db').stdout)).toEqual([
      'two',
      'three',
    ]);
  });
});

describe('skip()', () => {
  it('leaves a probe out, and progress, report and document say so', () => {
    const root = folderWith({
      'a.perf.mjs': perfFile('a', { one: 'probe()', two: "skip(tagged('slow'))" }),
      'perf.config.yaml': 'services:\n  a: { probes: { two: { threshold: 20% } } }\n',
    });
    const { code, stdout, stderr } = perfkit(root, 'run', '--processes', '1', '--time', '20ms');
    expect(stderr).toContain('measured 1 of 1 processes');
    expect(stderr).toContain(', 1 probe skipped');
    expect(stderr).not.toContain('no such probe');
    expect(stdout).toContain('a › two is skipped: it is marked with skip().');
    expect(code).toBe(0);
    expect(readFileSync(join(root, '.perfkit/report/index.html'), 'utf8')).toContain('a › two is skipped');
    const run = readDocument('run', JSON.parse(perfkit(root, 'report', '--json').stdout));
    expect(run.skipped).toMatchObject([{ probe: { suite: 'a', name: 'two' }, reason: 'skip' }]);
  });

  it('of everything that is selected leaves nothing to measure, which ends with 2', () => {
    const root = folderWith({
      'a.perf.mjs': perfFile('a', { one: 'probe()', two: "skip(tagged('slow'))" }),
    });
    const { code, stderr } = perfkit(root, 'run', '--tag', 'slow', ...once);
    expect(stderr).toContain('the one probe is left out by skip()');
    expect(code).toBe(2);
  });
});

describe('only()', () => {
  const files = {
    'a.perf.mjs': perfFile('a', { one: 'probe()' }),
    'deep/b.perf.mjs': perfFile('b', { two: 'only(probe())', three: 'probe()' }),
  };

  it('narrows a run to what is marked, over all files, and the report counts the rest', () => {
    const root = folderWith(files);
    const { code, stdout } = perfkit(root, 'run', ...once);
    expect(stdout).toContain('2 probes left out by only().');
    expect(code).toBe(0);
    expect(namesOf(perfkit(root, 'report', '--json').stdout)).toEqual(['two']);
  });

  it.each([
    ['in CI', { CI: 'true' }, ['run']],
    ['with --forbid-only', {}, ['run', '--forbid-only']],
    ['of a comparison in CI', { CI: '1' }, ['compare', '.', '.']],
  ])('is refused %s: 2, with file and probe, and nothing is measured', (_, env, words) => {
    const root = folderWith(files);
    const { code, stdout, stderr } = perfkitWith(env, root, ...words, ...once);
    expect(stderr).toContain('b › two in deep/b.perf.mjs');
    expect(stderr).not.toContain('measured');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('is let through in CI with --no-forbid-only', () => {
    expect(perfkitWith({ CI: 'true' }, folderWith(files), 'run', '--no-forbid-only', ...once).code).toBe(0);
  });
});

describe('fails()', () => {
  const throwing = "fails(probe(() => { throw new Error('no such table'); }))";

  it('lets a probe fail as expected: 0, told as such, stored, and no gate on it is missed', () => {
    const root = folderWith({
      'a.perf.mjs': perfFile('a', { broken: throwing, works: 'probe()' }),
      'perf.config.yaml': 'services:\n  a: { probes: { broken: { gates: { time: "<= 1s" } } } }\n',
    });
    const { code, stdout } = perfkit(root, 'run', ...once);
    expect(stdout).toContain('1 probe failed as expected.');
    expect(stdout).toContain('a › broken failed as expected in 1 of 1 process: no such table');
    expect(code).toBe(0);
    const run = readDocument('run', JSON.parse(perfkit(root, 'report', '--json').stdout));
    expect(run.measurements).toMatchObject([
      { status: 'ok', failedAsExpected: true, error: { message: 'no such table' }, metrics: [] },
      { probe: { name: 'works' } },
    ]);
    expect(perfkit(root, 'baseline', 'set').stderr).not.toContain('failed');
    const junit = perfkit(root, 'report', '--format', 'junit').stdout;
    expect(junit).toContain('tests="2" failures="0" errors="0" skipped="0"');
  });

  it('ends with 3 when the probe runs well again, and asks for the mark to be removed', () => {
    const root = folderWith({ 'a.perf.mjs': perfFile('a', { mended: 'fails(probe())' }) });
    const { code, stdout } = perfkit(root, 'run', ...once);
    expect(stdout).toContain('It is marked with fails(), and ran well. Remove the mark in a.perf.mjs.');
    expect(code).toBe(3);
  });

  it('is told in a comparison with a baseline in which the probe still worked', () => {
    const root = folderWith({ 'a.perf.mjs': perfFile('a', { one: 'probe()' }) });
    perfkit(root, 'run', ...once);
    perfkit(root, 'baseline', 'set');
    writeFileSync(join(root, 'a.perf.mjs'), perfFile('a', { one: throwing }));
    const { code, stdout } = perfkit(root, 'run', ...once);
    expect(stdout).toContain('1 failed as expected');
    expect(stdout).toContain('no such table');
    expect(code).toBe(0);
  });
});
