import { canonicalJson, type Measurement, type Run, type RunHeader, runId } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { alertRows, type StoredAlert } from './alerts.js';
import { baselineRows } from './baselines.js';
import { checkDocument } from './check-document.js';
import { findRun } from './find-run.js';
import { listRuns } from './list-runs.js';
import { readPoints } from './points.js';
import { runDocuments } from './run-documents.js';
import type { RunBody } from './run-merge.js';
import type { RunEnd, Store } from './store.js';
import { guarded, StoreError } from './store-error.js';

/** The store over an open database; `file` is what its errors call it. Reads see one state of the file; every write is one immediate transaction. */
export function storeOver(database: Database, file: string): Store {
  const documents = guarded(file, () => runDocuments(database));
  const baselines = guarded(file, () => baselineRows(database));
  const alerts = guarded(file, () => alertRows(database));

  function keepAlerts(changed: readonly StoredAlert[]): void {
    checkDocument('trend', { schema: 'perf/trend@1', series: [], alerts: changed });
    for (const alert of changed) alerts.put(alert, documents.rows.branch(alert.branch));
  }

  function within<T>(kind: 'deferred' | 'immediate', work: () => T): T {
    if (!database.open) {
      throw new StoreError('store/closed', `${file} was closed.`, {
        remedy: 'Open it again.',
        place: { file },
      });
    }
    return guarded(file, () => database.transaction(work)[kind]());
  }
  const reading = <T>(work: () => T): T => within('deferred', work);
  // A deferred transaction that writes after it has read fails at once when another process wrote in between; an
  // immediate one takes the lock first, and waits for it.
  const writing = <T>(work: () => T): T => within('immediate', work);

  function put(run: Run): { id: string; added: boolean } {
    return { id: run.id, added: writing(() => documents.put(run)) };
  }

  const store: Store = {
    beginRun: (header: RunHeader): string => {
      const run = { ...header, id: runId(header), status: 'running' as const, measurements: [] };
      checkDocument('run', run);
      return put(run).id;
    },
    appendMeasurement: (run: string, measurement: Measurement): void => {
      checkDocument('measurement', measurement);
      writing(() => documents.append(run, measurement));
    },
    finishRun: (run: string, end: RunEnd): void => {
      writing(() => documents.change(run, (body) => finished(body, end)));
    },
    putRun: (run) => {
      checkDocument('run', run);
      return { added: put(run).added };
    },
    importDocument: (value) => {
      checkDocument('run', value);
      const { id, added } = put(value as Run);
      return { run: id, added };
    },
    getRun: (id) => reading(() => documents.read(findRun(database, id))),
    listRuns: (filter = {}) => reading(() => listRuns(database, filter)),
    points: (filter = {}) => reading(() => readPoints(database, filter)),
    *exportDocuments(runs) {
      // Ids first: an open cursor would keep the connection from doing anything else between two runs.
      const ids = reading(() =>
        runs === undefined
          ? listRuns(database, {}).map(({ id }) => id)
          : runs.map((run) => findRun(database, run)),
      );
      for (const id of ids) yield reading(() => documents.read(id));
    },
    setBaseline: (at, run) => {
      writing(() => {
        const { place } = documents.rows.get(findRun(database, run));
        baselines.set(at, documents.rows.branch(at.branch), place.key);
      });
    },
    baseline: (at) => reading(() => baselines.get(at)),
    baselines: () => reading(() => baselines.all()),
    clearBaseline: (at) => writing(() => baselines.clear(at)),
    alerts: (filter = {}) => reading(() => alerts.all(filter)),
    reviseAlerts: <A extends StoredAlert>(revise: (known: readonly A[]) => readonly A[]) =>
      writing(() => {
        const before = new Map(alerts.all<A>({}).map((alert) => [alert.id, canonicalJson(alert)]));
        const changed = revise(alerts.all<A>({})).filter(
          (alert) => before.get(alert.id) !== canonicalJson(alert),
        );
        keepAlerts(changed);
        return alerts.all<A>({});
      }),
    changeAlert: (id, { state, note, changedAt }) =>
      writing(() => {
        const alert = alerts.find(id);
        if (state === 'acknowledged' && (alert.state === 'resolved' || alert.state === 'accepted')) {
          throw new StoreError('store/resolved-alert', `Alert ${alert.id} is ${alert.state} already.`, {
            seen: alert.state,
            remedy: 'There is nothing left to acknowledge.',
          });
        }
        const changed = { ...alert, state, changedAt, ...(note === undefined ? {} : { note }) };
        keepAlerts([changed]);
        return changed;
      }),
    close: () => {
      database.close();
    },
    [Symbol.dispose]: () => {
      database.close();
    },
  };
  return store;
}

/** A run with its end. A complete one stays complete when an interrupt comes late. */
function finished(body: RunBody, end: RunEnd): RunBody {
  if (body.status === 'complete' && end.status === 'interrupted') return body;
  const { status, finishedAt, confidence, summaries, gates, leaks, scalability, overhead, warmUps } = end;
  const findings = { confidence, summaries, gates, leaks, scalability, overhead, warmUps };
  const said = { ...findings, instructions: end.instructions, comparison: end.comparison };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const ended: RunBody = { ...body, status, finishedAt, ...given };
  checkDocument('run', { ...ended, measurements: [] });
  return ended;
}
