import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick } from './cli.js';

describe('perfkit run', () => {
  it('prints one run document with --json and nothing else, with a summary of every metric', () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 500) });
    const { code, stdout, stderr } = perfkit(root, 'run', '--json', '--processes', '2', ...quick);
    const run = readDocument('run', JSON.parse(stdout));
    expect(run).toMatchObject({ status: 'complete', confidence: 0.95, source: {} });
    expect(run.measurements).toHaveLength(2);
    expect(run.summaries?.map(({ metric }) => metric)).toEqual([
      'time',
      'heap',
      'cpu',
      'gc',
      'throughput',
      'empty_call',
      'empty_await',
      'reference',
      'time_normalised',
      'overhead_observation',
      'overhead_profiling',
    ]);
    expect(stderr).toContain('measured 2 of 2 processes');
    expect(code).toBe(0);
  });

  it('measures every file that is named, and each flag counts once', () => {
    const root = folderWith({
      'a.perf.ts': benchFile('a', 'spin', 500),
      'b.perf.ts': benchFile('b', 'spin', 500),
      'c.perf.ts': benchFile('c', 'spin', 500),
    });
    const { stdout } = perfkit(root, 'run', 'a.perf.ts', '--processes', '1', 'b.perf.ts', '--json', ...quick);
    const run = readDocument('run', JSON.parse(stdout));
    expect(run.measurements.map(({ probe }) => probe.suite)).toEqual(['a', 'b']);
    expect(perfkit(root, 'run', '--', 'typo.perf.ts').stderr).toContain('typo.perf.ts');
    const twice = perfkit(root, 'run', '--processes', '1', '--processes', '2', ...quick);
    expect(twice).toMatchObject({ code: 2, stdout: '' });
    expect(twice.stderr).toContain('--processes is given twice');
  });

  it('writes a report, and stores the run so that it can be reported, exported and imported again', () => {
    const root = folderWith({ 'a.perf.mjs': benchFile('a', 'spin', 500) });
    expect(perfkit(root, 'run', '--processes', '2', '--time', '20ms')).toMatchObject({ code: 0 });
    expect(readFileSync(join(root, '.perfkit/report/index.html'), 'utf8')).toContain('spin');
    const printed = perfkit(root, 'report', '--json').stdout;
    expect(readDocument('run', JSON.parse(printed)).measurements).toHaveLength(2);
    perfkit(root, 'export', '--out', 'runs.json');
    const imported = perfkit(root, 'import', 'runs.json', '--store', 'other.sqlite');
    expect(imported).toMatchObject({ code: 0, stdout: 'Imported 1 of 1 runs; 0 were there already.\n' });
    expect(perfkit(root, 'report', '--json', '--store', 'other.sqlite').stdout).toBe(printed);
    expect(perfkit(root, 'import', 'runs.json').stdout).toBe('Imported 0 of 1 runs; 1 were there already.\n');
  });

  it('ends with 1 on a critical regression against its baseline, and names it first', () => {
    const root = folderWith({
      'a.perf.ts': benchFile('a', 'spin', 300),
      'b.perf.ts': benchFile('b', 'calm', 300),
    });
    expect(perfkit(root, 'run', '--processes', '5', ...quick).code).toBe(0);
    expect(perfkit(root, 'baseline', 'set').stdout).toContain(
      'The baseline of work outside a branch is now run ',
    );
    expect(perfkit(root, 'baseline', 'show').stdout).toContain('work outside a branch: run');
    writeFileSync(join(root, 'a.perf.ts'), benchFile('a', 'spin', 3000));
    const { code, stdout } = perfkit(root, 'run', '--processes', '5', ...quick);
    expect(stdout).toMatch(/a › spin is .* slower than the baseline .*critical regression/);
    expect(code).toBe(1);
    expect(perfkit(root, 'run', '--processes', '5', '--fail-on', 'never', ...quick).code).toBe(0);
    expect(perfkit(root, 'baseline', 'clear').stdout).toContain('is without a baseline now');
    expect(perfkit(root, 'run', '--processes', '2', ...quick).stdout).toContain('There is no baseline');
  });

  it('says undecided, and with --fail-on undecided ends with 4, when there are too few processes to tell', () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    perfkit(root, 'run', '--processes', '3', ...quick);
    perfkit(root, 'baseline', 'set');
    writeFileSync(join(root, 'a.perf.ts'), benchFile('a', 'spin', 3000));
    const { code, stdout } = perfkit(root, 'run', '--processes', '3', '--fail-on', 'undecided', ...quick);
    expect(stdout).toContain('undecided');
    expect(stdout).toMatch(/\d+ more process/);
    expect(code).toBe(4);
  });

  it('ends with 3 when a probe fails, and still measures and stores the others', () => {
    const broken = `import { bench, suite } from '@perf/bench';
export default suite('a', { fails: bench(() => { throw new Error('no such table') }), works: bench(() => 1) });`;
    const root = folderWith({ 'a.perf.mjs': broken });
    const { code, stdout } = perfkit(root, 'run', '--processes', '2', ...quick);
    expect(stdout).toContain('no such table');
    expect(code).toBe(3);
    const run = JSON.parse(perfkit(root, 'report', '--json').stdout);
    expect(run.measurements.map(({ status }: { status: string }) => status).sort()).toEqual([
      'failed',
      'failed',
      'ok',
      'ok',
    ]);
  });

  it('takes thresholds per service and per probe from the configuration, which may name the files', () => {
    const root = folderWith({
      'perf.config.yaml':
        'files: [benches]\nprocesses: 5\ntime: 20ms\nservices:\n  a: { threshold: 1000% }\n  b: { probes: { calm: { threshold: 2000% } } }\n',
      'benches/a.perf.ts': benchFile('a', 'spin', 300),
      'benches/b.perf.ts': benchFile('b', 'calm', 300),
    });
    perfkit(root, 'run', '--no-html');
    perfkit(root, 'baseline', 'set');
    writeFileSync(join(root, 'benches/a.perf.ts'), benchFile('a', 'spin', 1500));
    const { code, stdout } = perfkit(root, 'run', '--json', '--no-html');
    const { comparisons } = JSON.parse(stdout).comparison;
    const time = comparisons.filter(({ metric }: { metric: string }) => metric === 'time');
    expect(time).toMatchObject([
      { probe: { suite: 'a' }, threshold: 10, verdict: 'equivalent' },
      { probe: { suite: 'b' }, threshold: 20, verdict: 'equivalent' },
    ]);
    expect(code).toBe(0);
  });

  it('repeats the order of a run from its seed, and measures only what is asked for', () => {
    const root = folderWith({
      'a.perf.ts': benchFile('a', 'spin', 300),
      'b.perf.ts': benchFile('b', 'calm', 300),
    });
    const run = JSON.parse(
      perfkit(root, 'run', '--json', '--seed', '5', '--only', 'CALM', '--processes', '1', ...quick).stdout,
    );
    expect(run.seed).toBe(5);
    expect(run.measurements.map(({ probe }: { probe: { name: string } }) => probe.name)).toEqual(['calm']);
    expect(existsSync(join(root, '.perfkit/report'))).toBe(false);
  });

  it('refuses a damaged export and stores nothing of it', () => {
    const root = folderWith({
      'a.perf.ts': benchFile('a', 'spin', 300),
      'cut.json': '[{"schema":"perf/run@1","id"',
    });
    perfkit(root, 'run', '--processes', '1', ...quick);
    const before = perfkit(root, 'export').stdout;
    expect(perfkit(root, 'import', 'cut.json')).toMatchObject({ code: 2, stdout: '' });
    writeFileSync(join(root, 'newer.json'), before.replaceAll('perf/run@1', 'perf/run@2'));
    const { code, stderr } = perfkit(root, 'import', 'newer.json');
    expect(stderr).toContain('major version 2; this perfkit reads version 1');
    expect(code).toBe(2);
    expect(perfkit(root, 'export').stdout).toBe(before);
  });
});
