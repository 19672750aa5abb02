import type { Migration } from '../migrate.js';

/**
 * The first shape. Text from outside is escaped (see column-text); bodies are JSON (see exact-json).
 *
 * `commit_order` is the run's `source.order`, or without one the epoch seconds of its start.
 * `measurement.body` has no `samples` arrays: `sample` holds each of them as one blob.
 * `point` is a copy for trends of what the bodies say: the judged metrics' values of measurements that went well.
 */
export const history: Migration = {
  version: 1,
  up: (database) => {
    database.exec(`
      CREATE TABLE branch (
        key INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE run (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        started_at TEXT NOT NULL,
        started_ms INTEGER NOT NULL,
        finished_at TEXT,
        branch INTEGER NOT NULL REFERENCES branch,
        commit_id TEXT,
        dirty INTEGER,
        commit_order INTEGER NOT NULL,
        environment TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX run_by_start ON run (started_ms);
      CREATE INDEX run_by_branch ON run (branch, started_ms);

      CREATE TABLE measurement (
        key INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES run,
        id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (run, id)
      ) STRICT;

      CREATE TABLE sample (
        measurement INTEGER NOT NULL REFERENCES measurement,
        metric INTEGER NOT NULL,
        codec TEXT NOT NULL,
        count INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (measurement, metric)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE series (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        suite TEXT NOT NULL,
        name TEXT NOT NULL,
        metric TEXT NOT NULL,
        environment TEXT NOT NULL
      ) STRICT;
      CREATE INDEX series_by_probe ON series (suite, name);

      CREATE TABLE point (
        series INTEGER NOT NULL REFERENCES series,
        branch INTEGER NOT NULL REFERENCES branch,
        commit_order INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES run,
        process INTEGER NOT NULL,
        value REAL NOT NULL,
        PRIMARY KEY (series, branch, commit_order, run, process)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE baseline (
        branch INTEGER NOT NULL REFERENCES branch,
        environment TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES run,
        PRIMARY KEY (branch, environment)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
