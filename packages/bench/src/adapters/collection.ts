import { type Probe, type Suite, suite } from '@perf/schema/core';
import { callerPlace } from './caller-place.js';
import { refusal } from './refusal.js';

/** Which probe a process is to measure. */
export interface Wanted {
  readonly suite: string;
  readonly name: string;
}

/**
 * What one benchmark file of another tool has registered so far, as probes in the order of the file.
 *
 * A process that measures one of them stops the file where the tool would have run it: there, variables that the file
 * goes on to change still have the values that the benchmark is meant to see.
 */
export class Collection {
  /** Resolves once the wanted probe is registered and is to be measured now. */
  readonly found: Promise<void>;
  readonly #file: string;
  readonly #wanted: Wanted | undefined;
  readonly #probes = new Map<string, Map<string, Probe>>();
  readonly #pending: (() => void | Promise<void>)[] = [];
  #resolveFound: () => void = () => undefined;
  #changes = 0;
  #runs = 0;

  /** @param file - Names the suite of benchmarks that are in no group. */
  constructor(file: string, wanted?: Wanted) {
    this.#file = file;
    this.#wanted = wanted;
    this.found = new Promise((resolve) => {
      this.#resolveFound = resolve;
    });
  }

  /** Grows with everything that the file does to its tool: while it grows, the file is at work. */
  get changes(): number {
    return this.#changes;
  }

  /** Whether the file has let its tool run. */
  get ran(): boolean {
    return this.#runs > 0;
  }

  touch(): void {
    this.#changes += 1;
  }

  /** Registers a probe. Names that are blank or taken within their suite get one that is neither. */
  add(group: string | undefined, name: string, probe: Probe): void {
    this.touch();
    const suiteName = nameOr(group, this.#file);
    const probes = this.#probes.get(suiteName) ?? new Map<string, Probe>();
    this.#probes.set(suiteName, probes);
    const wish = nameOr(name, 'anonymous');
    let free = wish;
    for (let copy = 2; probes.has(free); copy += 1) free = `${wish} (${copy})`;
    probes.set(free, probe);
  }

  /**
   * Called where the tool would run what was registered. Goes on at once, except in the process that is to measure one
   * of them: there the returned promise never settles, and the file waits.
   */
  async run(): Promise<void> {
    this.touch();
    this.#runs += 1;
    if (this.#hasWanted()) {
      this.#resolveFound();
      await new Promise(() => undefined);
    }
  }

  /** The same for a tool that runs synchronously, where the file cannot be made to wait. */
  runSync(): void {
    this.touch();
    this.#runs += 1;
    if (this.#hasWanted()) this.#resolveFound();
  }

  /** Keeps what registers the benchmarks that the file has not run when it ends. */
  atEnd(register: () => void | Promise<void>): void {
    this.#pending.push(register);
  }

  /** Registers what the file has not run. Called once, when it has nothing left to do. */
  async end(): Promise<void> {
    for (const register of this.#pending) await register();
    if (this.#hasWanted()) this.#resolveFound();
  }

  /** Everything registered so far. */
  suites(): Suite[] {
    return [...this.#probes].map(([name, probes]) => suite(name, Object.fromEntries(probes)));
  }

  #hasWanted(): boolean {
    return (
      this.#wanted !== undefined && this.#probes.get(this.#wanted.suite)?.has(this.#wanted.name) === true
    );
  }
}

let current: Collection | undefined;

/** Begins to collect what a benchmark file registers with any of the adapters. Called once per file. */
export function beginCollection(file: string, wanted?: Wanted): Collection {
  current = new Collection(file, wanted);
  return current;
}

/**
 * The collection that is under way.
 *
 * @throws {BenchError} `bench/not-collecting` in a process that perfkit did not start.
 */
export function collection(): Collection {
  if (current !== undefined) return current;
  throw refusal('bench/not-collecting', 'An adapter of perfkit measures nothing by itself.', {
    remedy: "Import the tool itself, and run the file with 'perfkit run'.",
    place: callerPlace(),
  });
}

/**
 * State of an adapter that begins anew with each file: a process that alternates two versions of one reads both.
 *
 * @param make - Called when a file first needs it.
 */
export function perCollection<State>(make: () => State): () => State {
  const states = new WeakMap<Collection, State>();
  return () => {
    const key = collection();
    const state = states.get(key) ?? make();
    states.set(key, state);
    return state;
  };
}

/** Longest name of a suite or probe that documents hold [characters]. */
const LONGEST_NAME = 500;

function nameOr(name: string | undefined, fallback: string): string {
  const given = name === undefined || name.trim() === '' ? fallback : name;
  return given.length <= LONGEST_NAME - 10 ? given : `${given.slice(0, LONGEST_NAME - 10)}…`;
}
