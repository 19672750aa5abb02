import { canonicalJson, type Measurement, type Metric } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { toColumn } from './column-text.js';
import { exactJson } from './exact-json.js';
import { conflict } from './run-merge.js';
import { type PackedSamples, packSamples, unpackSamples } from './sample-codec.js';

export interface MeasurementRows {
  /**
   * Stores one measurement after those that the run has.
   *
   * @returns Whether it was new.
   * @throws {StoreError} `store/conflict` if another one is stored under its id.
   */
  insert(run: number, measurement: Measurement): boolean;
  /** A run's measurements, in their order. */
  ofRun(run: number): Measurement[];
  /** Puts a run's measurements in the order of `ids`, if these are all that it has. */
  reorder(run: number, ids: readonly string[]): void;
}

interface Stored {
  key: number;
  body: string;
}

export function measurementRows(database: Database): MeasurementRows {
  const insertBody = database.prepare(`
    INSERT INTO measurement (run, id, ordinal, body)
    VALUES (@run, @id, (SELECT coalesce(max(ordinal) + 1, 0) FROM measurement WHERE run = @run), @body)
    ON CONFLICT (run, id) DO NOTHING`);
  const insertSamples = database.prepare(
    'INSERT INTO sample (measurement, metric, codec, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const one = database.prepare<[number, string], Stored>(
    'SELECT key, body FROM measurement WHERE run = ? AND id = ?',
  );
  const all = database.prepare<[number], Stored>(
    'SELECT key, body FROM measurement WHERE run = ? ORDER BY ordinal, key',
  );
  const samplesOf = database.prepare<[number], PackedSamples & { metric: number }>(
    'SELECT metric, codec, count, data FROM sample WHERE measurement = ?',
  );
  const count = database.prepare<[number], number>('SELECT count(*) FROM measurement WHERE run = ?').pluck();
  const setOrdinal = database.prepare('UPDATE measurement SET ordinal = ? WHERE run = ? AND id = ?');

  function read({ key, body }: Stored): Measurement {
    const measurement = JSON.parse(body) as Measurement;
    for (const { metric, ...packed } of samplesOf.all(key)) {
      (measurement.metrics[metric] as Metric).samples = unpackSamples(packed);
    }
    return measurement;
  }

  return {
    insert: (run, measurement) => {
      const id = toColumn(measurement.id);
      const metrics = measurement.metrics.map(({ samples: _, ...metric }) => metric);
      const inserted = insertBody.run({ run, id, body: exactJson({ ...measurement, metrics }) });
      if (inserted.changes === 0) {
        const stored = read(one.get(run, id) as Stored);
        if (canonicalJson(stored) === canonicalJson(measurement)) return false;
        throw conflict(
          `Another measurement is stored under ${JSON.stringify(measurement.id)}.`,
          measurement.id,
        );
      }
      for (const [index, { samples }] of measurement.metrics.entries()) {
        if (samples === undefined) continue;
        const { codec, count: length, data } = packSamples(samples);
        insertSamples.run(inserted.lastInsertRowid, index, codec, length, data);
      }
      return true;
    },
    ofRun: (run) => all.all(run).map(read),
    reorder: (run, ids) => {
      if (count.get(run) !== ids.length) return;
      for (const [ordinal, id] of ids.entries()) setOrdinal.run(ordinal, run, toColumn(id));
    },
  };
}
