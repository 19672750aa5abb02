import type { TrendSeries } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { nextAlerts, type TrackedAlert, trendOf } from '../src/index.js';

const at = '2025-03-04T10:00:00.000Z';
const later = '2025-03-05T10:00:00.000Z';

/** A series of runs r0, r1 … with these levels, each value a little off. */
function seriesOf(levels: readonly number[], parts: Partial<TrendSeries> = {}): TrendSeries {
  const values = levels.map((level, i) => level * (1 + 0.01 * Math.sin(7 * i * i)));
  const points = values.map((_, i) => ({ run: `r${i}`, commit: `c${i}`, startedAt: at, processes: 3 }));
  return trendOf([{ key: 'k', better: 'lower', branch: 'main', values, points, ...parts }])
    .series[0] as TrendSeries;
}

function look(series: TrendSeries, known: readonly TrackedAlert[] = [], time: string = at): TrackedAlert[] {
  return nextAlerts([series], known, { thresholdOf: () => 0.05, at: time });
}

/** The same alert, with its change at another run. */
function withRun(alert: TrackedAlert, run: string): TrackedAlert {
  return { ...alert, run, movements: alert.movements.map((movement) => ({ ...movement, run })) };
}

function flat(count: number, level: number): number[] {
  return new Array<number>(count).fill(level);
}

const worse = [...flat(15, 100), ...flat(6, 130)];

describe('an alert', () => {
  test('opens on a change for the worse, and a second look at the same history changes nothing', () => {
    const alerts = look(seriesOf(worse));
    expect(alerts).toEqual([
      expect.objectContaining({ state: 'open', run: 'r15', commit: 'c15', severity: 'minor', series: ['k'] }),
    ]);
    expect(look(seriesOf(worse), alerts, later)).toEqual(alerts);
  });

  test('is confirmed by later runs, resolved when the level returns, and a new change opens another', () => {
    const opened = look(seriesOf(worse));
    const confirmed = look(seriesOf([...worse, 130]), opened, later);
    expect(confirmed).toEqual([
      expect.objectContaining({ id: opened[0]?.id, state: 'confirmed', openedAt: at }),
    ]);
    const returned = [...worse, 130, ...flat(9, 100)];
    const resolved = look(seriesOf(returned), confirmed, later);
    expect(resolved).toEqual([expect.objectContaining({ id: opened[0]?.id, state: 'resolved' })]);
    const again = look(seriesOf([...returned, ...flat(16, 130)]), resolved, later);
    expect(again.map(({ state }) => state)).toEqual(['resolved', 'open']);
  });

  test('is the same one when its change is placed a run further', () => {
    const [opened] = look(seriesOf(worse));
    const moved = withRun(opened as TrackedAlert, 'r16');
    expect(look(seriesOf(worse), [moved], later)).toHaveLength(1);
  });

  test('stays while its change is out of sight and the level holds', () => {
    const opened = look(seriesOf(worse));
    const onlyAfter = { ...seriesOf(flat(9, 130)), points: [] as never[] };
    expect(look(onlyAfter, opened)).toEqual(opened);
    const after = seriesOf(flat(9, 130));
    const renamed = {
      ...after,
      points: after.points?.map((point, i) => ({ ...point, run: `r${i + 30}` })) ?? [],
    };
    expect(look(renamed, opened, later)).toEqual(opened);
  });

  test('that is acknowledged resolves, that is accepted stays', () => {
    const [opened] = look(seriesOf(worse)) as [TrackedAlert];
    const returned = seriesOf([...worse, ...flat(9, 100)]);
    const states = (['acknowledged', 'accepted'] as const).map(
      (state) => look(returned, [{ ...opened, state }], later)[0]?.state,
    );
    expect(states).toEqual(['resolved', 'accepted']);
  });

  test('that is opened again is confirmed by a newer run only', () => {
    const [opened] = look(seriesOf(worse)) as [TrackedAlert];
    const [movement] = opened.movements as [TrackedAlert['movements'][number]];
    const resolved = {
      ...opened,
      state: 'resolved',
      movements: [{ ...movement, state: 'resolved' }],
    } as const;
    const reopened = look(seriesOf([...worse, 130]), [resolved], later);
    expect(reopened).toEqual([expect.objectContaining({ id: opened.id, state: 'open' })]);
    expect(reopened[0]?.movements).toEqual([expect.objectContaining({ state: 'open', newest: 'r21' })]);
    expect(look(seriesOf([...worse, 130]), reopened, later)).toEqual(reopened);
    expect(look(seriesOf([...worse, 130, 130]), reopened, later)[0]?.state).toBe('confirmed');
  });

  test('that is accepted covers its level and better ones, not a worse level near it', () => {
    const accepted = { ...(look(seriesOf(worse))[0] as TrackedAlert), state: 'accepted' as const };
    const near = (levels: number[], index: number) => {
      const series = seriesOf(levels);
      return {
        ...series,
        changePoints: series.changePoints.map((change) => ({ ...change, index, low: 14, high: 20 })),
      };
    };
    const milder = near([...flat(19, 100), ...flat(6, 120)], 19);
    expect(look(milder, [accepted], later)).toEqual([accepted]);
    for (const [index, count] of [
      [19, 19],
      [15, 15],
    ] as const) {
      const fivefold = near([...flat(count, 100), ...flat(6, 500)], index);
      const both = look(fivefold, [accepted], later);
      expect(both).toEqual([
        accepted,
        expect.objectContaining({ state: 'open', run: `r${index}`, severity: 'critical' }),
      ]);
      expect(both[1]?.id).not.toBe(accepted.id);
      expect(look(fivefold, both, later)).toEqual(both);
    }
  });

  test('is about the nearest of two changes whose intervals overlap', () => {
    const stairs = seriesOf([...flat(15, 100), ...flat(5, 130), ...flat(6, 500)]);
    const overlapping = {
      ...stairs,
      changePoints: stairs.changePoints.map((change) => ({ ...change, low: 14, high: 21 })),
    };
    expect(overlapping.changePoints.map(({ index }) => index)).toEqual([15, 20]);
    const [first] = look(seriesOf(worse)) as [TrackedAlert];
    const accepted = { ...first, state: 'accepted' as const };
    const both = look(overlapping, [accepted], later);
    expect(both.map(({ run }) => run)).toEqual(['r15', 'r20']);
    expect(look(overlapping, both, later)).toEqual(both);
  });

  test('is of one branch', () => {
    const other = look(seriesOf(worse, { branch: 'other' }));
    expect(look(seriesOf(worse), other)).toHaveLength(2);
  });
});

test('series of one branch that change at one run share an alert, until each has returned', () => {
  const [k, l, other] = [
    seriesOf(worse),
    seriesOf([...flat(15, 10), ...flat(6, 40)], { key: 'l' }),
    seriesOf([...flat(8, 10), ...flat(13, 14)], { key: 'm' }),
  ];
  const both = nextAlerts([k, l, other], [], { thresholdOf: () => 0.05, at });
  expect(both.map(({ series }) => series)).toEqual([['k', 'l'], ['m']]);
  expect(both[0]).toMatchObject({ severity: 'critical', ratio: expect.closeTo(4, 0), state: 'open' });
  expect(both[0]?.reason).toContain('so did 1 more series');
  expect(nextAlerts([k, l, other], both, { thresholdOf: () => 0.05, at: later })).toEqual(both);
  const back = seriesOf([...flat(15, 10), ...flat(6, 40), ...flat(9, 10)], { key: 'l' });
  const half = nextAlerts([k, back, other], both, { thresholdOf: () => 0.05, at: later });
  expect(half[0]).toMatchObject({ state: 'open', severity: 'minor', ratio: expect.closeTo(1.3, 1) });
  const returned = seriesOf([...worse, ...flat(9, 100)]);
  const none = nextAlerts([returned, back], half, { thresholdOf: () => 0.05, at: later });
  expect(none[0]).toMatchObject({ state: 'resolved', changedAt: later });
});

test('a slow drift that came to more than the threshold opens one, and resolves when it is gone', () => {
  const drifting = (count: number) => Array.from({ length: count }, (_, i) => 100 * (1 + 0.005 * i));
  const opened = look(seriesOf(drifting(40)));
  expect(opened).toEqual([
    expect.objectContaining({ state: 'open', reason: expect.stringContaining('little by little') }),
  ]);
  expect(look(seriesOf(drifting(40)), opened, later)).toEqual(opened);
  expect(look(seriesOf(drifting(41)), opened, later)[0]?.state).toBe('confirmed');
  expect(look(seriesOf([...drifting(40), ...flat(12, 100)]), opened, later)[0]?.state).toBe('resolved');
  expect(look(seriesOf(drifting(40), { better: 'higher' }))).toEqual([]);
  expect(look(seriesOf(drifting(9)))).toEqual([]);
  // The run that it began at moves out of sight.
  const later40 = seriesOf(drifting(80).slice(40));
  const moved = {
    ...later40,
    points: later40.points?.map((point, i) => ({ ...point, run: `r${i + 40}` })) ?? [],
  };
  expect(look(moved, opened, later).map(({ id }) => id)).toEqual([opened[0]?.id]);
});

test('a lasting improvement is told once, as resolved; a level that returns is none', () => {
  const better = seriesOf([...flat(15, 130), ...flat(8, 100)]);
  const told = look(better);
  expect(told).toEqual([expect.objectContaining({ state: 'resolved', direction: 'better', run: 'r15' })]);
  expect(told[0]).not.toHaveProperty('severity');
  expect(look(better, told, later)).toEqual(told);
  expect(look(seriesOf([...flat(15, 100), ...flat(10, 130), ...flat(10, 100)]))).toEqual([]);
});

test('an alert as older versions stored it goes on', () => {
  const [opened] = look(seriesOf(worse)) as [TrackedAlert];
  const { movements, ...rest } = opened;
  const { before, after, newest } = movements[0] as TrackedAlert['movements'][number];
  const old = { ...rest, before, after, newest } as unknown as TrackedAlert;
  expect(look(seriesOf(worse), [old], later)).toEqual([opened]);
  expect(look(seriesOf([...worse, 130]), [old], later)[0]?.state).toBe('confirmed');
});

test('changes within the threshold and changes that were taken back open none', () => {
  expect(look(seriesOf([...flat(20, 100), ...flat(20, 104)]))).toEqual([]);
  expect(look(seriesOf([...flat(15, 100), ...flat(10, 130), ...flat(10, 100)]))).toEqual([]);
  expect(look(seriesOf([...flat(15, 130), ...flat(8, 100)], { better: 'higher' }))).toHaveLength(1);
});
