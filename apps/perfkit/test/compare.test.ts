import { readDocument } from '@perf/schema';
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
      processes: { a: 5, b: 5 },
    });
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

  it('says what is on one side only', () => {
    const root = folders(benchFile('x', 'old', 300), benchFile('x', 'new', 300));
    const { stdout } = perfkit(root, 'compare', 'before', 'after', '--json', '--processes', '1', ...quick);
    const { comparisons, incomparable } = JSON.parse(stdout);
    expect(comparisons).toEqual([]);
    expect(incomparable.map(({ probe }: { probe: { name: string } }) => probe.name).sort()).toEqual([
      'new',
      'old',
    ]);
  });

  it('stores nothing in the history', () => {
    const root = folders(benchFile('x', 'spin', 300), benchFile('x', 'spin', 300));
    perfkit(root, 'compare', 'before', 'after', '--processes', '1', ...quick);
    expect(perfkit(root, 'report')).toMatchObject({ code: 2 });
  });
});
