import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '@perf/schema';
import { openStore } from '@perf/store';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick } from './cli.js';

const folders = (a: string, b: string) => folderWith({ 'before/x.perf.ts': a, 'after/x.perf.ts': b });

describe('perfkit compare', () => {
  it('calls ten times the work a critical regression of b against a, and ends with 1', () => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 3000));
    const { code, stdout } = perfkit(
      root,
      'compare',
      'before',
      'after',
      '--json',
      '--processes',
      '5',
      ...quick,
    );
    const comparison = readDocument('comparison', JSON.parse(stdout));
    expect(comparison.variants).toMatchObject({ a: { label: 'before' }, b: { label: 'after' } });
    const [time] = comparison.comparisons;
    expect(time).toMatchObject({
      metric: 'time',
      verdict: 'regressed',
      severity: 'critical',
      method: 'lockstep',
      confirmed: true,
    });
    // Three pairs of the first series and three fresh ones, at least.
    expect(time?.pairs?.filter(({ round }) => round === 1).length).toBeGreaterThanOrEqual(3);
    expect(time?.pairs?.filter(({ round }) => round === 2).length).toBeGreaterThanOrEqual(3);
    expect(time?.ratio).toBeGreaterThan(4);
    expect(code).toBe(1);
  });

  it('calls a tenth of the work improved, and ends with 0', () => {
    const root = folders(benchFile('x', 'spin', 3000), benchFile('x', 'spin', 300));
    const { code, stdout } = perfkit(
      root,
      'compare',
      'before',
      'after',
      '--json',
      '--processes',
      '5',
      ...quick,
    );
    expect(JSON.parse(stdout).comparisons[0]).toMatchObject({ verdict: 'improved' });
    expect(code).toBe(0);
  });

  it('says what is on one side only, and ends with 2 if that is all', () => {
    const root = folders(benchFile('x', 'old', 300), benchFile('x', 'new', 300));
    const { code, stdout, stderr } = perfkit(
      root,
      'compare',
      'before',
      'after',
      '--json',
      '--processes',
      '1',
      ...quick,
    );
    expect(stderr).toContain('Nothing of before could be compared with after.');
    expect(code).toBe(2);
    const { comparisons, incomparable } = JSON.parse(stdout);
    expect(comparisons).toEqual([]);
    expect(incomparable.map(({ probe }: { probe: { name: string } }) => probe.name).sort()).toEqual([
      'new',
      'old',
    ]);
  });

  it('keeps both runs, with their sides and confidence, in a store of their own and as documents', () => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 300));
    writeFileSync(join(root, 'perf.config.yaml'), 'confidence: 0.9\n');
    perfkit(root, 'compare', 'before', 'after', '--processes', '1', '--time', '20ms');
    using store = openStore(join(root, '.perfkit/compare/runs.sqlite'), { readonly: true });
    const runs = [...store.exportDocuments()];
    expect(runs.map(({ variant }) => variant).sort()).toEqual(['a: before', 'b: after']);
    for (const run of runs) {
      expect(run).toMatchObject({ status: 'complete', confidence: 0.9 });
      expect(run.measurements.map(({ process }) => process.index)).toEqual([0, 1, 2]);
      expect(run.measurements.every(({ pairing }) => pairing?.method === 'lockstep')).toBe(true);
      const side = run.variant?.slice(0, 1);
      const text = readFileSync(join(root, `.perfkit/compare/${side}.run.json`), 'utf8');
      expect(JSON.parse(text)).toMatchObject({ id: run.id, confidence: 0.9 });
    }
  });

  it.each([
    ['one-process', 'Both versions run in one process, in turns.'],
    ['processes', 'Each process measures for itself, not in turns.'],
  ])('says so where the sides take no turns on a CPU: %s', (pairing, said) => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 3000));
    const flags = ['--json', '--pairing', pairing, '--processes', '4', '--time', '50ms'];
    const { stdout, stderr } = perfkit(root, 'compare', 'before', 'after', ...flags);
    const [time] = readDocument('comparison', JSON.parse(stdout)).comparisons;
    expect(time).toMatchObject({ metric: 'time', verdict: 'regressed' });
    expect(time?.method).toBe(pairing === 'processes' ? undefined : pairing);
    expect(stderr).toContain(said);
  });

  it('shows what CPU and collector cost beside what is judged', () => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 3000));
    const { stdout } = perfkit(root, 'compare', 'before', 'after', '--json', ...quick);
    const { context = [] } = readDocument('comparison', JSON.parse(stdout));
    expect(context.find(({ metric }) => metric === 'cpu')?.ratio).toBeGreaterThan(3);
  });

  it('refuses to measure nothing, before it stores anything', () => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 300));
    const { code, stderr } = perfkit(root, 'compare', 'before', 'after', '--only', 'typo', ...quick);
    expect(stderr).toContain('No probe has "typo" in its name. There are "x › spin".');
    expect(code).toBe(2);
  });

  it('stores nothing in the history', () => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 300));
    perfkit(root, 'compare', 'before', 'after', '--processes', '1', ...quick);
    expect(perfkit(root, 'report')).toMatchObject({ code: 2 });
  });
});
