import { type Measurement, PerfError, type Run } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { checkDocument } from './check-document.js';
import { type MeasurementRows, measurementRows } from './measurement-rows.js';
import { pointWriter } from './points.js';
import { conflict, mergeRun, type RunBody } from './run-merge.js';
import { type RunPlace, type RunRows, runRows } from './run-rows.js';
import { StoreError } from './store-error.js';

/** Runs in the tables. Every call must stand inside a transaction. */
export interface RunDocuments {
  readonly rows: RunRows;
  /** Stores a run, or what of it is not stored yet. @returns Whether anything was. */
  put(run: Run): boolean;
  append(run: string, measurement: Measurement): void;
  /** Replaces a run's body by what `change` makes of it. */
  change(run: string, change: (body: RunBody) => RunBody): void;
  read(run: string): Run;
}

export function runDocuments(database: Database): RunDocuments {
  const rows = runRows(database);
  const measurements = measurementRows(database);
  const writePoints = pointWriter(database);

  function add(place: RunPlace, measurement: Measurement): boolean {
    const added = measurements.insert(place.key, measurement);
    if (added) writePoints(place, measurement);
    return added;
  }

  return {
    rows,
    put: ({ measurements: given, ...body }) => {
      assertDistinct(given);
      const found = rows.find(body.id);
      const stored = found && parseBody(body.id, found.body);
      const merged = stored === undefined ? body : mergeRun(stored, body);
      if (found !== undefined && merged !== stored) rows.update(found.place.key, merged);
      const place = found?.place ?? rows.insert(merged);
      const added = given.filter((measurement) => add(place, measurement)).length;
      if (added > 0) reorder(measurements, place, given);
      return merged !== stored || added > 0;
    },
    append: (run, measurement) => {
      add(rows.get(run).place, measurement);
    },
    change: (run, change) => {
      const { place, body } = rows.get(run);
      rows.update(place.key, change(parseBody(run, body)));
    },
    read: (id) => {
      const { place, body } = rows.get(id);
      return checked(id, () => ({ ...parseBody(id, body), measurements: measurements.ofRun(place.key) }));
    },
  };
}

/** A run that was stored in part has its parts in the order of arrival; the whole document knows the right one. */
function reorder(rows: MeasurementRows, { key }: RunPlace, given: readonly Measurement[]): void {
  rows.reorder(
    key,
    given.map(({ id }) => id),
  );
}

function assertDistinct(measurements: readonly Measurement[]): void {
  const seen = new Set<string>();
  for (const { id } of measurements) {
    if (seen.has(id)) throw conflict(`The run has two measurements with the id ${JSON.stringify(id)}.`, id);
    seen.add(id);
  }
}

function parseBody(id: string, body: string): RunBody {
  return checkedJson(id, () => JSON.parse(body) as RunBody);
}

/** What comes out of the file is checked like what goes in; it is given out as it was stored. */
function checked(id: string, read: () => Run): Run {
  const run = checkedJson(id, read);
  try {
    checkDocument('run', run);
  } catch (error) {
    if (error instanceof PerfError) throw damaged(id, error);
    throw error;
  }
  return run;
}

function checkedJson<T>(id: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw damaged(id, error);
    throw error;
  }
}

function damaged(id: string, cause: Error): StoreError {
  return new StoreError(
    'store/damaged',
    `Run ${JSON.stringify(id)} was altered in the file: ${cause.message}`,
    {
      seen: id,
      remedy: 'The other runs can be exported; import this one from its JSON export into a new database.',
      cause,
    },
  );
}
