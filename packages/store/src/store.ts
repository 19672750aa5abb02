import type { Comparison, Measurement, Run, RunFindings, RunHeader } from '@perf/schema';
import type { AlertChange, AlertFilter, StoredAlert } from './alerts.js';
import type { BaselinePlace, BaselineRow } from './baselines.js';
import type { RunFilter, RunRow } from './list-runs.js';
import type { PointFilter, PointSeries } from './points.js';

/** What is known when a run ends. */
export interface RunEnd extends Readonly<RunFindings> {
  readonly status: 'complete' | 'interrupted';
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  /** Confidence that the intervals of its summaries were asked to keep. */
  readonly confidence?: number;
  readonly comparison?: Comparison;
  readonly instructions?: Run['instructions'];
}

/**
 * History of runs. All calls are synchronous.
 *
 * A call that throws has changed nothing. Once a call that writes has returned, what it wrote is on the disk.
 * Every call may throw a `StoreError` about the file: `store/locked`, `store/damaged`, `store/io`, `store/closed`,
 * and when it writes `store/full`, `store/read-only`, `store/not-json`, `store/too-big`.
 */
export interface Store {
  /**
   * Stores a run as `running`. Storing it again changes nothing.
   *
   * @returns The run's id, derived from the header.
   * @throws {DocumentError} if the header is invalid; {StoreError} `store/conflict` if another run has its id.
   */
  beginRun(header: RunHeader): string;
  /**
   * Stores one measurement, after those that the run has. Storing it again changes nothing.
   *
   * @param run - The whole id.
   * @throws {DocumentError} if it is invalid; {StoreError} `store/unknown-run`, or `store/conflict` if another
   * measurement of the run has its id.
   */
  appendMeasurement(run: string, measurement: Measurement): void;
  /**
   * Says how a run ended. A later call replaces what an earlier one said; what is left out of confidence, summaries,
   * gates, leaks, scalability, overhead, warm-ups, instructions and comparison stays, and a complete run stays complete.
   *
   * @param run - The whole id.
   * @throws {DocumentError} if the end is invalid; {StoreError} `store/unknown-run`.
   */
  finishRun(run: string, end: RunEnd): void;
  /**
   * Stores a whole run, or what of it is missing. Nothing is ever deleted.
   *
   * @returns Whether anything was missing.
   * @throws {DocumentError} if it is invalid; {StoreError} `store/conflict` if what is stored under its id, or under
   * that of one of its measurements, is something else.
   */
  putRun(run: Run): { added: boolean };
  /**
   * A run as it was stored, fields that this version does not know included.
   *
   * @param id - Its id, or at least 4 characters that begin only this one.
   * @throws {StoreError} `store/unknown-run` or `store/ambiguous-run`, each naming ids; `store/unknown-codec`.
   */
  getRun(id: string): Run;
  /** Runs at a glance, the last started first. @throws {StoreError} `store/limit`. */
  listRuns(filter?: RunFilter): RunRow[];
  /**
   * Makes a run the reference for a branch and an environment, in place of any other.
   *
   * @param run - As for `getRun`. It may come from another branch.
   */
  setBaseline(at: BaselinePlace, run: string): void;
  /** The id of the reference run; `undefined` if none is set. */
  baseline(at: BaselinePlace): string | undefined;
  baselines(): BaselineRow[];
  /** @returns Whether there was one. The run itself stays. */
  clearBaseline(at: BaselinePlace): boolean;
  /** Values of processes for trends: judged metrics of measurements with status `ok`. */
  points(filter?: PointFilter): PointSeries[];
  /** Alerts as they were stored, fields that this version does not know included; the first one first. */
  alerts<A extends StoredAlert = StoredAlert>(filter?: AlertFilter): A[];
  /**
   * Replaces alerts by what follows from them, with no other process in between. None is ever deleted.
   *
   * @param revise - Gets all stored alerts; gives those that are new or changed, or all. It must not use the store.
   * @returns All alerts after it.
   * @throws {DocumentError} if it gives something that is no alert. What `revise` throws is thrown on. Nothing is
   * changed then.
   */
  reviseAlerts<A extends StoredAlert>(revise: (alerts: readonly A[]) => readonly A[]): A[];
  /**
   * Notes what a person decided about an alert.
   *
   * @param id - Its id, or at least 4 characters that begin only this one.
   * @returns The alert as it is now.
   * @throws {StoreError} `store/unknown-alert` or `store/ambiguous-alert`; `store/resolved-alert` to acknowledge one
   * that is resolved, or accepted, already.
   */
  changeAlert(id: string, change: AlertChange): StoredAlert;
  /**
   * Run documents, read one at a time while they are taken, the last started first.
   *
   * @param runs - As for `getRun`, in the order asked for; default all.
   */
  exportDocuments(runs?: readonly string[]): Iterable<Run>;
  /**
   * Stores a run document of any origin, such as parsed JSON of `exportDocuments`. As `putRun` else.
   *
   * @throws {DocumentError} if it is none.
   */
  importDocument(value: unknown): { run: string; added: boolean };
  /** Closes the file. May be called twice. */
  close(): void;
  [Symbol.dispose](): void;
}
