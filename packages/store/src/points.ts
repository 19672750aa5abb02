import { type Better, canonicalJson, type Measurement, type ProbeId, type Unit } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { fromColumn, toColumn } from './column-text.js';
import type { RunPlace } from './run-rows.js';

/** What to read; a field that is left out allows everything. */
export interface PointFilter {
  readonly suite?: string;
  readonly name?: string;
  readonly metric?: string;
  /** '' for runs outside a repository. */
  readonly branch?: string;
  /** An environment's key. */
  readonly environment?: string;
}

/** One process's value. */
export interface Point {
  readonly run: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  /** Place of the commit in its branch (see `commitOrder`). */
  readonly order: number;
  readonly startedAt: string;
  /** Index of the process in its run, from 0. */
  readonly process: number;
  /** In the series' unit. -0 reads 0 here. */
  readonly value: number;
}

/** A judged metric of one probe on one branch in one environment. */
export interface PointSeries {
  /** Equal for equal probe, metric, unit, better and environment; the branch is not part of it. */
  readonly key: string;
  readonly probe: ProbeId;
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Better;
  readonly environment: string;
  readonly branch: string;
  /** By commit order, then by start of the run, then by process. */
  readonly points: readonly Point[];
}

type SeriesKey = [ProbeId['suite'], string, string, ProbeId['params'], string, Unit, Better, string];

/** Keeps the points of a measurement: its judged metrics, if it went well. A second one of a process is left out. */
export function pointWriter(database: Database): (run: RunPlace, measurement: Measurement) => void {
  const insertSeries = database.prepare(`
    INSERT INTO series (id, suite, name, metric, environment) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`);
  const findSeries = database.prepare<[string], number>('SELECT key FROM series WHERE id = ?').pluck();
  const insertPoint = database.prepare(`
    INSERT INTO point (series, branch, commit_order, run, process, value) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);

  return (run, { status, probe, process, metrics }) => {
    if (status !== 'ok') return;
    const { suite, name, kind, params } = probe;
    for (const { name: metric, unit, better, value, judged } of metrics) {
      if (!judged) continue;
      const key: SeriesKey = [suite, name, kind, params, metric, unit, better, fromColumn(run.environment)];
      const id = canonicalJson(key);
      insertSeries.run(id, toColumn(suite), toColumn(name), toColumn(metric), run.environment);
      insertPoint.run(findSeries.get(id), run.branch, run.order, run.key, process.index, value);
    }
  };
}

interface PointRow {
  series: string;
  branch: string;
  run: string;
  commit_id: string | null;
  dirty: number | null;
  commit_order: number;
  started_at: string;
  process: number;
  value: number;
}

const columns = {
  suite: 'series.suite',
  name: 'series.name',
  metric: 'series.metric',
  branch: 'branch.name',
  environment: 'series.environment',
} as const satisfies Record<keyof PointFilter, string>;

/** The series that a filter allows, by key and branch. Cost: O(points read), all in memory. */
export function readPoints(database: Database, filter: PointFilter): PointSeries[] {
  const asked = (Object.keys(columns) as (keyof PointFilter)[]).filter(
    (field) => filter[field] !== undefined,
  );
  const where = asked.map((field) => `${columns[field]} = ?`).join(' AND ') || 'true';
  const rows = database
    .prepare<string[], PointRow>(
      `SELECT series.id AS series, branch.name AS branch, run.id AS run, run.commit_id, run.dirty,
         point.commit_order, run.started_at, point.process, point.value
       FROM point
         JOIN series ON series.key = point.series
         JOIN branch ON branch.key = point.branch
         JOIN run ON run.key = point.run
       WHERE ${where}
       ORDER BY series.id, branch.name, point.commit_order, run.started_ms, run.key, point.process`,
    )
    .all(...asked.map((field) => toColumn(filter[field] as string)));

  const series: (PointSeries & { points: Point[] })[] = [];
  for (const row of rows) {
    const branch = fromColumn(row.branch);
    let last = series.at(-1);
    if (last?.key !== row.series || last.branch !== branch) {
      last = { ...described(row.series), branch, points: [] };
      series.push(last);
    }
    last.points.push(point(row));
  }
  return series;
}

function described(id: string): Omit<PointSeries, 'branch' | 'points'> {
  const [suite, name, kind, params, metric, unit, better, environment] = JSON.parse(id) as SeriesKey;
  return { key: id, probe: { suite, name, kind, params }, metric, unit, better, environment };
}

function point(row: PointRow): Point {
  return {
    run: fromColumn(row.run),
    ...(row.commit_id === null ? {} : { commit: fromColumn(row.commit_id) }),
    ...(row.dirty === null ? {} : { dirty: row.dirty === 1 }),
    order: row.commit_order,
    startedAt: row.started_at,
    process: row.process,
    value: row.value,
  };
}
