import { arch, cpus, platform } from 'node:os';
import { collection } from '../collection.js';
import { noStats, type Trial } from './no-figures.js';
import { takeKept } from './registered.js';

export interface RunOptions {
  /** Only benchmarks whose name it matches. */
  readonly filter?: RegExp;
  /** How mitata would print: there is nothing to print. */
  readonly [other: string]: unknown;
}

/** Registers the benchmarks since the last run as probes, and resolves with results of no figures. */
export async function run({ filter }: RunOptions = {}): Promise<{
  readonly layout: readonly unknown[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly benchmarks: readonly Trial[];
}> {
  const chosen = takeKept().filter(({ _name }) => filter === undefined || _name.search(filter) >= 0);
  for (const benchmark of chosen) benchmark.register();
  await collection().run();
  return { layout: [], context: context(), benchmarks: chosen.map((benchmark) => benchmark.trial()) };
}

function context(): Readonly<Record<string, unknown>> {
  return {
    now: Date.now(),
    arch: `${arch()}-${platform()}`,
    runtime: 'node',
    version: process.versions.node,
    cpu: { name: cpus()[0]?.model ?? null, freq: Number.NaN },
    noop: { fn: noStats(), iter: noStats(), fn_gc: noStats() },
  };
}
