import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, type Trend } from '@perf/schema';
import { expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick } from './cli.js';
import { flat, folderWithHistory, storeRuns } from './trend-store.js';

const config = (text: string) => `store: history.db\n${text}`;
const formerly = config(
  'services: { store: { probes: { "get, hit": { formerly: "cache › get, hit" } } } }\n',
);

function trendOf(folder: string): Trend {
  const { stdout, stderr, code } = perfkit(folder, 'trend', '--branch', 'main', '--json');
  if (code !== 0) throw new Error(stderr);
  return readDocument('trend', JSON.parse(stdout));
}

it('a renamed probe keeps its history and the alerts on it', () => {
  const { folder, file } = folderWithHistory({ levels: [...flat(12, 1000), ...flat(6, 1300)] });
  const before = trendOf(folder);
  expect(before.alerts).toHaveLength(1);
  storeRuns(file, { levels: flat(2, 1300), from: 18, suite: 'store' });
  expect(trendOf(folder).series.map(({ values }) => values?.length)).toEqual([18, 2]);
  writeFileSync(join(folder, 'perf.config.yaml'), formerly);
  const after = trendOf(folder);
  expect(after.series.map(({ probe, values }) => [probe?.suite, values?.length])).toEqual([['store', 20]]);
  expect(after.series[0]?.changePoints.map(({ index }) => index)).toEqual([12]);
  expect(after.alerts).toEqual([
    expect.objectContaining({ id: before.alerts[0]?.id, state: 'confirmed', series: [after.series[0]?.key] }),
  ]);
});

it('a renamed probe is held against its baseline, with the threshold of each metric', () => {
  const root = folderWith({ 'a.perf.ts': benchFile('old', 'spin', 3000) });
  const run = ['run', '--processes', '4', ...quick];
  expect(perfkit(root, ...run).code).toBe(0);
  expect(perfkit(root, 'baseline', 'set').code).toBe(0);
  writeFileSync(join(root, 'a.perf.ts'), benchFile('new', 'spin', 3000));
  writeFileSync(
    join(root, 'perf.config.yaml'),
    'thresholds: { heap: 2% }\nservices: { new: { threshold: 40%, probes: { spin: { formerly: old › spin, thresholds: { time: 90% } } } } }\n',
  );
  const { stdout } = perfkit(root, ...run, '--json');
  const { comparison } = readDocument('run', JSON.parse(stdout));
  expect(comparison?.incomparable).toEqual([]);
  const thresholds = comparison?.comparisons.map(({ probe, metric, threshold }) => [
    probe.suite,
    metric,
    threshold,
  ]);
  expect(thresholds).toContainEqual(['new', 'time', 0.9]);
  expect(thresholds).toContainEqual(['new', 'heap', 0.4]);
});
