import { openStore } from '@perf/store';
import { expect, it } from 'vitest';
import { perfkit } from './cli.js';
import { flat, folderWithHistory, storeRuns } from './trend-store.js';

interface Listed {
  runs: { id: string; branch: string; baseline: boolean; processes: number; probes: number }[];
  total: number;
}

function listed(folder: string, ...args: string[]): Listed {
  return JSON.parse(perfkit(folder, 'history', '--json', ...args).stdout) as Listed;
}

it('lists the runs, the last started first, with their baseline', () => {
  const { folder, file, runs } = folderWithHistory({ levels: flat(3, 1000) });
  const store = openStore(file);
  store.setBaseline({ branch: 'main', environment: 'env-a' }, runs[1]?.id ?? '');
  store.close();
  const { code, stdout } = perfkit(folder, 'history');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.slice(0, 8))).toEqual(runs.map(({ id }) => id.slice(0, 8)).reverse());
  expect(lines[0]).toContain('2025-01-03 00:00:00  main c2000000  complete  1 probes × 3  not compared');
  expect(lines[1]).toMatch(/baseline$/);
});

it('narrows by probe, branch and number, and says what it leaves out', () => {
  const { folder, file } = folderWithHistory({ levels: flat(4, 1000) });
  storeRuns(file, { levels: flat(2, 1000), suite: 'queue', branch: 'other', from: 10 });
  expect(listed(folder)).toMatchObject({ total: 6 });
  expect(listed(folder, '--only', 'QUEUE').runs.map(({ branch }) => branch)).toEqual(['other', 'other']);
  expect(listed(folder, '--branch', 'main').total).toBe(4);
  expect(listed(folder, '--limit', '1').runs).toEqual([
    expect.objectContaining({ processes: 3, probes: 1, baseline: false }),
  ]);
  expect(perfkit(folder, 'history', '--limit', '2').stdout).toContain(
    '4 older runs; show more with --limit.',
  );
});

it('shows hostile branches and ids without letting them act', () => {
  const { folder } = folderWithHistory({ levels: [1], branch: '\u001b[2J\u202E', commit: '\u0007' });
  const { stdout } = perfkit(folder, 'history');
  expect(stdout).toContain('\\u001b[2J\\u202e \\u0007');
});

it.each([
  [['--limit', '0'], '--limit is 0.'],
  [['--only', 'nothing'], 'No probe has "nothing" in its name.'],
])('refuses %j with 2', (args, message) => {
  const { folder } = folderWithHistory({ levels: [1] });
  const { code, stderr } = perfkit(folder, 'history', ...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
