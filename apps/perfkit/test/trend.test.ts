import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, readDocument, type Trend } from '@perf/schema';
import { openStore, type PointSeries } from '@perf/store';
import { describe, expect, it } from 'vitest';
import { seriesInput } from '../src/trends/series-inputs.js';
import { trendOfRun } from '../src/trends/trend-of-run.js';
import { folderWith, perfkit } from './cli.js';
import { flat, folderWithHistory, storeRuns } from './trend-store.js';

function trendOf(folder: string, ...args: string[]): Trend {
  const { stdout, stderr, code } = perfkit(folder, 'trend', '--branch', 'main', '--json', ...args);
  if (code !== 0) throw new Error(stderr);
  return readDocument('trend', JSON.parse(stdout));
}

describe('perfkit trend over a history', () => {
  it('finds a step at its commit, opens an alert, confirms it, keeps its id and resolves it when it is gone', () => {
    const { folder, file, runs } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(6, 1300)] });
    const first = trendOf(folder);
    const [series] = first.series;
    expect(series?.values).toHaveLength(26);
    expect(series?.points?.[20]).toMatchObject({ run: runs[20]?.id, commit: 'c2000000', processes: 3 });
    expect(series?.changePoints).toEqual([
      expect.objectContaining({ index: 20, low: 20, high: 20, ratio: expect.closeTo(1.3, 1) as number }),
    ]);
    expect(first.alerts).toEqual([
      expect.objectContaining({ state: 'open', severity: 'minor', run: runs[20]?.id, commit: 'c2000000' }),
    ]);
    expect(trendOf(folder).alerts).toEqual(first.alerts);

    storeRuns(file, { levels: flat(3, 1300), from: 26 });
    const [confirmed, ...others] = trendOf(folder).alerts;
    expect(others).toEqual([]);
    expect(confirmed).toMatchObject({ id: first.alerts[0]?.id, state: 'confirmed' });
    expect(confirmed?.openedAt).toBe(first.alerts[0]?.openedAt);

    storeRuns(file, { levels: flat(8, 1000), from: 29 });
    const resolved = trendOf(folder);
    expect(resolved.series[0]?.changePoints.map(({ index }) => index)).toEqual([20, 29]);
    expect(resolved.alerts).toEqual([
      expect.objectContaining({ id: first.alerts[0]?.id, state: 'resolved' }),
    ]);
    expect(perfkit(folder, 'trend', '--branch', 'main', '--fail-on', 'minor').code).toBe(0);

    storeRuns(file, { levels: flat(16, 1300), from: 37 });
    const again = trendOf(folder).alerts;
    expect(again.map(({ state }) => state)).toEqual(['resolved', 'open']);
    expect(again[1]?.run).not.toBe(again[0]?.run);
  });

  it('prints a line of bars, the change with its commit and the alert', () => {
    const { folder } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(10, 1300)] });
    const { code, stdout } = perfkit(folder, 'trend', 'GET', '--branch', 'main');
    expect(code).toBe(0);
    expect(stdout).toContain('cache › get, hit  time  30 runs');
    expect(stdout).toMatch(/[▁▂]{15,20}[▇█]{10}/);
    expect(stdout).toContain('▲ worse at 20 (commit c2000000)');
    expect(stdout).toMatch(/! alert [0-9a-f]{8}, open minor: The level rose by 3\d\.\d %/);
    expect(stdout).toContain('1 series, 1 change, 1 alert open.');
  });

  it('ends with 1 on an open alert when asked to, and with 0 once a person has answered', () => {
    const { folder } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(8, 1300)] });
    expect(perfkit(folder, 'trend').code).toBe(0);
    expect(perfkit(folder, 'trend', '--fail-on', 'minor').code).toBe(1);
    const id = trendOf(folder).alerts[0]?.id ?? '';
    const answer = perfkit(
      folder,
      'trend',
      '--acknowledge',
      id.slice(0, 8),
      '--note',
      'looked into: \u001b[2J',
    );
    expect(answer.stdout).toContain('acknowledged minor');
    expect(answer.stdout).toContain('looked into: \\u001b[2J');
    expect(perfkit(folder, 'trend', '--fail-on', 'minor').code).toBe(0);
    expect(trendOf(folder).alerts).toEqual([expect.objectContaining({ id, state: 'acknowledged' })]);
    perfkit(folder, 'trend', '--accept', id, '--note', 'the price of safety');
    expect(trendOf(folder).alerts).toEqual([
      expect.objectContaining({ id, state: 'accepted', note: 'the price of safety' }),
    ]);
  });

  it('opens no alert for a change within the threshold of the configuration', () => {
    const { folder } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(10, 1300)] });
    writeFileSync(join(folder, 'perf.config.yaml'), 'store: history.db\nthreshold: 40%\n');
    const found = trendOf(folder);
    expect(found.series[0]?.changePoints).toHaveLength(1);
    expect(found.alerts).toEqual([]);
  });

  it('gives intervals of the confidence in the configuration, to a look as to a run', () => {
    const { folder, file, runs } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(8, 1300)] });
    const slopeWidth = (confidence?: number): number => {
      const lines = confidence === undefined ? '' : `confidence: ${confidence}\n`;
      writeFileSync(join(folder, 'perf.config.yaml'), `store: history.db\n${lines}`);
      const [series] = trendOf(folder).series;
      using store = openStore(file, { readonly: true });
      const config = confidence === undefined ? {} : { confidence };
      const ofRun = trendOfRun(store, config, runs.at(-1) as Run, false);
      expect(ofRun?.series).toEqual([series]);
      expect(ofRun?.alerts).toEqual(trendOf(folder).alerts);
      return (series?.slope?.high ?? 0) - (series?.slope?.low ?? 0);
    };
    expect(slopeWidth()).toBeGreaterThan(slopeWidth(0.5));
    using store = openStore(file, { readonly: true });
    const [stored] = store.points();
    const nine = stored?.points.slice(0, 9).map((point) => ({ ...point, run: 'one' })) ?? [];
    const [at50, at95] = [0.5, 0.95].map(
      (confidence) => seriesInput({ ...(stored as PointSeries), points: nine }, 9, confidence).points?.[0],
    );
    expect(at50?.low).toBeGreaterThan(at95?.low ?? Number.NaN);
    expect(at50?.high).toBeLessThan(at95?.high ?? Number.NaN);
  });

  it('tells of an improvement once, and opens no alert for a change that was taken back', () => {
    const { folder } = folderWithHistory({
      levels: [...flat(15, 1000), ...flat(15, 1300), ...flat(15, 900)],
    });
    const [told] = [trendOf(folder), trendOf(folder)];
    expect(told?.series[0]?.changePoints).toHaveLength(2);
    expect(trendOf(folder).alerts).toEqual(told?.alerts);
    expect(told?.alerts).toEqual([expect.objectContaining({ state: 'resolved', direction: 'better' })]);
    expect(perfkit(folder, 'trend', '--branch', 'main', '--fail-on', 'minor').code).toBe(0);
  });

  it('keeps branches and environments apart and narrows by flags', () => {
    const { folder, file } = folderWithHistory({ levels: flat(12, 1000) });
    storeRuns(file, { levels: flat(9, 2000), branch: 'other' });
    storeRuns(file, { levels: flat(7, 3000), environment: 'env-b' });
    expect(trendOf(folder).series.map(({ values }) => values?.length)).toEqual([12, 7]);
    expect(trendOf(folder, '--environment', 'env-b').series.map(({ values }) => values?.length)).toEqual([7]);
    expect(trendOf(folder, '--last', '4', '--metric', 'time').series[0]?.values).toHaveLength(4);
    const everything = perfkit(folder, 'trend', '--json');
    expect(everything.stderr).toContain('No run of work outside a branch is stored; all are shown.');
    expect(readDocument('trend', JSON.parse(everything.stdout)).series).toHaveLength(3);
    const none = perfkit(folder, 'trend', '--branch', 'nowhere');
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('of branch main, other');
    expect(perfkit(folder, 'trend', '--metric', 'tiem', '--branch', 'main').code).toBe(2);
  });

  it('says of a few runs that they are too few, not that nothing changed', () => {
    const { folder } = folderWithHistory({ levels: [1000, 1000, 1000, 2000, 2000] });
    const { stdout } = perfkit(folder, 'trend', '--branch', 'main');
    expect(stdout).toContain('Fewer than 6 runs, too few to tell: cache › get, hit  time (5).');
  });

  it('shows hostile names without letting them act', () => {
    const suite = 'a\u001b[31m\u202Eb\nc';
    const { folder } = folderWithHistory({
      levels: flat(8, 10),
      suite,
      branch: 'x\u0007',
      commit: '\u001b]0;',
    });
    const { stdout, stderr } = perfkit(folder, 'trend');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is printed is what is tested.
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(stdout).toContain('a\\u001b[31m\\u202eb\\nc › get, hit');
  });

  it('a look through other runs or another seed moves no alert', () => {
    const { folder, file } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(8, 1300)] });
    trendOf(folder, '--last', '20');
    trendOf(folder, '--seed', '5');
    using store = openStore(file);
    expect(store.alerts()).toEqual([]);
  });

  it('reads a history that it may not write to, and leaves its alerts as they were', () => {
    const { folder, file } = folderWithHistory({ levels: [...flat(20, 1000), ...flat(8, 1300)] });
    trendOf(folder);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const { code, stdout } = perfkit(folder, 'trend', '--branch', 'main');
    chmodSync(folder, 0o755);
    expect(code).toBe(0);
    expect(stdout).toContain('1 alert open.');
  });
});

describe('perfkit trend --series', () => {
  const step = [10, 11, 10, 12, 11, 10, 11, 10, 15, 16, 15, 16, 15, 17, 15, 16];

  it('finds the change in plain numbers, without a store', () => {
    const folder = folderWith({
      'object.json': JSON.stringify({ values: step, better: 'lower' }),
      'list.json': `\uFEFF${JSON.stringify(step)}`,
    });
    const { code, stdout } = perfkit(folder, 'trend', '--series', 'object.json', '--json');
    expect(code).toBe(0);
    const found = readDocument('trend', JSON.parse(stdout));
    expect(found.series[0]).toMatchObject({ better: 'lower', values: step, outliers: [] });
    expect(found.series[0]?.changePoints).toEqual([expect.objectContaining({ index: 8 })]);
    expect(perfkit(folder, 'trend', '--series', 'object.json', '--json').stdout).toBe(stdout);
    expect(perfkit(folder, 'trend', '--series', 'list.json').stdout).toContain('▲ worse at 8: 10.5 to 15.5');
    expect(found.series[0]?.changePoints[0]?.interval).toEqual([8, 8]);
  });

  it('leaves out changes of less than is asked for', () => {
    const folder = folderWith({ 'list.json': JSON.stringify(step) });
    const with30 = perfkit(folder, 'trend', '--series', 'list.json', '--least-change', '30%').stdout;
    expect(with30).toContain('1 change,');
    const with60 = perfkit(folder, 'trend', '--series', 'list.json', '--least-change', '60%').stdout;
    expect(with60).toContain('0 changes,');
    const wrong = perfkit(folder, 'trend', '--series', 'list.json', '--least-change', 'much');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--least-change is "much".') });
  });

  it('puts values in the order that is given, and says where the newest is not as expected', () => {
    const [values, order] = [step.toReversed(), step.map((_, i) => 100 - i)];
    const folder = folderWith({
      'turned.json': JSON.stringify({ values, order }),
      'newest.json': JSON.stringify([...step.slice(0, 8), 18]),
    });
    const { stdout } = perfkit(folder, 'trend', '--series', 'turned.json', '--json');
    expect(readDocument('trend', JSON.parse(stdout)).series[0]?.values).toEqual(step);
    const newest = perfkit(folder, 'trend', '--series', 'newest.json').stdout;
    expect(newest).toMatch(/▲ worse: the newest, 18, is above what was expected, [\d.]+ to 1[2-6]/);
  });

  it.each([
    ['{"values": [1, 2', 'is not JSON'],
    ['{"better": "lower"}', 'has no "values", a list of numbers.'],
    ['null', 'has no "values"'],
    ['{"values": [1, 2, "3", 4, 5, 6]}', 'no finite number at values[2]: it is "3"'],
    ['[1, 2, 1e999, 4, 5, 6]', 'at values[2]: it is too large for a double'],
    ['[1, 2, null, 4, 5, 6]', 'at values[2]: it is null'],
    ['[1, 2, 3, 4, 5]', 'has 5 values; a change takes at least 6'],
    ['{"values": [1, 2, 3, 4, 5, 6], "order": [1, 2]}', 'an "order" of 2 places for 6 values'],
    ['{"values": [1, 2, 3, 4, 5, 6], "order": [1, 2, 3, 4, 5, "6"]}', 'no finite number at order[5]'],
    ['{"values": [1, 2, 3, 4, 5, 6], "better": "up"}', 'neither "lower" nor "higher"'],
  ])('refuses %s with 2 and names the file', (text, message) => {
    const { code, stdout, stderr } = perfkit(folderWith({ 's.json': text }), 'trend', '--series', 's.json');
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.each([
    [['--series', 'gone.json'], 'gone.json cannot be read'],
    [['--series', 's.json', '--fail-on', 'minor'], 'Plain numbers have no alerts.'],
    [['--acknowledge', 'abcd'], 'An answer to an alert needs a reason.'],
    [['--accept', 'abcd', '--acknowledge', 'abcd', '--note', 'x'], 'either acknowledged or accepted'],
    [['--note', 'x'], 'A note belongs to an answer.'],
    [['--last', '0'], '--last is 0.'],
    [[], 'There is no history'],
  ])('refuses %j with 2', (args, message) => {
    const { code, stderr } = perfkit(folderWith({ 's.json': '[1,1,1,1,1,1]' }), 'trend', ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
