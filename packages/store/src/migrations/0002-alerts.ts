import type { Migration } from '../migrate.js';

/**
 * Alerts, which outlive the look that found them. `body` is the JSON of the alert; `state` and `branch` say again what
 * is asked for most.
 */
export const alerts: Migration = {
  version: 2,
  up: (database) => {
    database.exec(`
      CREATE TABLE alert (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        branch INTEGER NOT NULL REFERENCES branch,
        state TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX alert_by_branch ON alert (branch, state);
    `);
  },
};
