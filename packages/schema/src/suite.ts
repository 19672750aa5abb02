import type { Measurement } from './measurement.js';
import type { Better, Unit } from './metric.js';
import { PerfError } from './perf-error.js';
import type { Params, ParamValue, ProbeId } from './probe-id.js';
import type { ProbeProfiles } from './probe-profiles.js';

/** What the runner hands to a probe for one measurement in one process. */
export interface ProbeContext {
  readonly probe: ProbeId;
  /** Which process of its run this is, from 0. */
  readonly processIndex: number;
  readonly budget: Budget;
  /** Seed of every random choice of the probe. */
  readonly seed: number;
  /** Epoch time [ms] after which the process is killed. */
  readonly deadline: number;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Tells how it goes, for the terminal: at most a few times a second. Nothing of it is kept. */
  readonly tell?: (news: ProbeNews) => void;
}

/** How much one measurement in one process may take. */
export interface Budget {
  /** Time to spend on samples [ms], where the probe does not say itself. */
  readonly timeMs: number;
  /** At most, before them [ms]. */
  readonly warmupMs: number;
  /** Part of what a probe asks for itself that it gets, in (0, 1]: quick profiles shorten loads and leak hunts by it. */
  readonly share: number;
}

/** A probe's news while it measures: such as what a load does to its target. Figures in base units, by name. */
export interface ProbeNews {
  /** What it is doing, such as `40 in flight`. */
  readonly doing?: string;
  readonly figures: Readonly<Record<string, { readonly value: number; readonly unit: Unit }>>;
}

/** A figure of a probe's own, such as a hit rate: not timed by perfkit, but stored, shown and held against gates. */
export interface CustomMetric {
  readonly value: number;
  readonly unit: Unit;
  readonly better: Better;
  /** Whether a change of it may be called a regression. Default false. */
  readonly judged?: boolean;
}
/** What a probe's `metrics` option returns, by name of metric. */
export type CustomMetrics = Readonly<Record<string, CustomMetric>>;

/** The values each parameter takes; a probe is measured at every combination. */
export type ParamSpace = Readonly<Record<string, readonly ParamValue[]>>;

/** A thing to measure. The runner knows no more of it than this. */
export interface Probe {
  /** Such as `bench`, `leak` or `load`. */
  readonly kind: string;
  readonly params: ParamSpace;
  /** Deadline of one process [ms], in place of the run's. */
  readonly deadlineMs?: number;
  /** Words to select probes by. */
  readonly tags?: readonly string[];
  /** `skip`: not measured. `only`: nothing else is measured; refused in CI, where it would hide the rest. */
  readonly mode?: 'only' | 'skip';
  /** Whether the measured code is known to fail for now: then a failure is no error, and a success is one. */
  readonly fails?: boolean;
  /** Measures once, in the process it is called in. Rejects if the measured code fails. */
  measure(context: ProbeContext): Promise<Measurement>;
  /**
   * Makes the probe ready to run batches whenever it is told to, so that two versions of it can run in lockstep.
   * Without it a comparison measures each side for itself.
   */
  open?(context: ProbeContext): Promise<LiveProbe>;
  /** Runs the measured code under V8's profilers, in a process of its own. Without it, there are no profiles of it. */
  profile?(context: ProbeContext): Promise<ProbeProfiles>;
}

/** A probe that is set up and waits in this process: one side of a comparison in lockstep. */
export interface LiveProbe {
  /** Operations of one round. */
  readonly operations: number;
  /** Runs so many rounds and gives the time that they took [ns]. A promise only where the measured code gives one. */
  run(rounds: number): number | Promise<number>;
  /**
   * What is measured besides the time of batches, such as memory for each operation. Called once, after the last batch.
   *
   * @param profile - Whether to look where time and memory go as well, which takes longer.
   */
  finish(batches: Batches, profile?: boolean): Promise<Measurement>;
  /** Clears up. Called once, also when the measured code threw. */
  close(): Promise<void>;
}

/** Batches of a live probe, in the order in which they ran. */
export interface Batches {
  /** Rounds of each batch. */
  readonly rounds: number;
  /** Time of each batch [ns]. */
  readonly times: readonly number[];
}

/** Probes under one name: what a perf file exports. A plain value. */
export interface Suite {
  readonly schema: 'perf/suite@1';
  readonly name: string;
  readonly probes: Readonly<Record<string, Probe>>;
}

/** More would take days to measure. */
const MOST_POINTS = 10_000;
/** Names are titles in every report [characters]. */
const LONGEST_NAME = 500;
/** Tags are typed on command lines [characters]. */
const LONGEST_TAG = 100;

/** A suite that cannot be used: `suite/name`, `suite/empty`, `suite/probe`, `suite/tags` or `suite/params`. */
export class SuiteError extends PerfError {
  override readonly name = 'SuiteError';
}

/**
 * Names a set of probes. Has no side effect; export the result from a `*.perf.ts` file.
 *
 * @param name - What the suite is about, such as the service's name. Thresholds are set by it.
 * @param probes - Probes by name.
 * @throws {SuiteError} if a name is blank, there are no probes, a value is no probe, or its tags are no list of words.
 */
export function suite(name: string, probes: Readonly<Record<string, Probe>>): Suite {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new SuiteError('suite/name', 'A suite needs a name that is not blank.', { seen: name });
  }
  checkLength(name);
  const entries = Object.entries(probes);
  if (entries.length === 0) {
    throw new SuiteError('suite/empty', `Suite "${name}" has no probes.`, {
      remedy: 'Add one, such as { "parse": bench(() => parse(text)) }.',
    });
  }
  for (const [probeName, probe] of entries) {
    if (probeName.trim() === '')
      throw new SuiteError('suite/name', `Suite "${name}" has a probe with a blank name.`);
    checkLength(probeName);
    if (!isProbe(probe)) {
      throw new SuiteError('suite/probe', `"${probeName}" in suite "${name}" is no probe.`, {
        seen: typeof probe,
        remedy: 'Wrap the function: bench(() => …).',
      });
    }
    checkTags(probeName, probe.tags);
  }
  return { schema: 'perf/suite@1', name, probes: { ...probes } };
}

/** Whether a value exported by a perf file is a suite, also one made by another copy of this package. */
export function isSuite(value: unknown): value is Suite {
  return value !== null && typeof value === 'object' && 'schema' in value && value.schema === 'perf/suite@1';
}

function isProbe(value: unknown): value is Probe {
  return (
    value !== null && typeof value === 'object' && 'measure' in value && typeof value.measure === 'function'
  );
}

/**
 * Every combination of a probe's parameters, in the order in which they are written; one empty combination if none.
 *
 * @throws {SuiteError} `suite/params` if a parameter has no values or one that no document can hold, or if there are
 * more than 10,000 combinations.
 */
export function paramPoints(space: ParamSpace): Params[] {
  const count = Object.values(space).reduce((product, values) => product * values.length, 1);
  if (count > MOST_POINTS) {
    throw new SuiteError('suite/params', `The parameters have ${count} combinations.`, {
      seen: count,
      remedy: `Keep to ${MOST_POINTS}: each is measured in several processes.`,
    });
  }
  let points: Params[] = [{}];
  for (const [name, values] of Object.entries(space)) {
    if (values.length === 0) throw new SuiteError('suite/params', `Parameter "${name}" has no values.`);
    for (const value of values) checkParam(name, value);
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  return points;
}

function checkParam(name: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return;
  throw new SuiteError('suite/params', `Parameter "${name}" has the value ${String(value)}.`, {
    seen: value,
    remedy: 'Give text, finite numbers or true and false, and make what you need from them in setup.',
  });
}

function checkTags(name: string, tags: unknown): void {
  if (tags === undefined) return;
  if (Array.isArray(tags) && tags.every(isTag)) return;
  throw new SuiteError('suite/tags', `The tags of "${name}" are no list of words.`, {
    seen: tags,
    remedy: `Write tags: ['slow', 'database'], each of at most ${LONGEST_TAG} characters.`,
  });
}

function isTag(tag: unknown): boolean {
  return typeof tag === 'string' && tag.trim() !== '' && tag.length <= LONGEST_TAG;
}

function checkLength(name: string): void {
  if (name.length <= LONGEST_NAME) return;
  throw new SuiteError('suite/name', `The name "${name.slice(0, 40)}…" has ${name.length} characters.`, {
    seen: name.length,
    remedy: `Keep names to ${LONGEST_NAME}.`,
  });
}
