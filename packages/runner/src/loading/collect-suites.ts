import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeError, isSuite, type Suite } from '@perf/schema/core';
import { RunnerError } from '../runner-error.js';
import { adaptRequire } from './adapt-require.js';
import { ADAPTER, MEASURED } from './own-modules.js';
import { runScript } from './run-script.js';
import type { Tool } from './tool-of.js';

/** Names of the probe that a process is to measure. */
export interface Wanted {
  readonly suite: string;
  readonly name: string;
}

/** What the adapters of benchmark tools keep of one file. `@perf/bench/adapters` makes it; nothing else is known of it. */
interface Collection {
  readonly found: Promise<void>;
  readonly changes: number;
  readonly ran: boolean;
  end(): Promise<void>;
  suites(): Suite[];
  add(group: undefined, name: string, probe: Suite['probes'][string]): void;
}
interface Adapters {
  beginCollection(file: string, wanted: Wanted | undefined): Collection;
}

/**
 * Runs a benchmark file of another tool against perfkit's own copy of that tool's API, and gives what it registers.
 *
 * @param wanted - Stops the file where the tool would run that one; without it, the file runs to its end.
 * @throws what the file throws before it has run its tool; {RunnerError} `runner/no-benchmarks` if it registers nothing.
 */
export async function collectSuites(file: string, tool: Tool, wanted: Wanted | undefined): Promise<Suite[]> {
  const suites = collected.get(file) ?? collectOnce(file, tool, wanted);
  collected.set(file, suites);
  return await suites;
}

/** A module runs once in a process, also where two sides of a comparison share one. */
const collected = new Map<string, Promise<Suite[]>>();

async function collectOnce(file: string, tool: Tool, wanted: Wanted | undefined): Promise<Suite[]> {
  const { beginCollection } = (await import(`${ADAPTER}collection`)) as Adapters;
  // Loaded now, so that it is there for a module that requires it.
  await import(`${ADAPTER}${tool}`);
  adaptRequire(tool);
  const collection = beginCollection(relative(process.cwd(), file).split(sep).join('/'), wanted);
  // Files often ask by it whether they are the program.
  process.argv[1] = file;
  let exported: Suite[] = [];
  const load = async () => {
    const namespace: Record<string, unknown> = await import(`${MEASURED}${pathToFileURL(file).href}`);
    exported = Object.values(namespace).flat().filter(isSuite);
  };
  const rest = await runScript(load, { stop: collection.found, changes: () => collection.changes });
  if ('error' in rest) {
    if (!collection.ran) throw rest.error;
    collection.add(undefined, 'after its first run', endedEarly(file, tool, rest.error));
  }
  await collection.end();
  const suites = [...exported, ...collection.suites()];
  if (suites.length > 0) return suites;
  throw new RunnerError('runner/no-benchmarks', `It imports ${tool} and registers no benchmark.`, {
    place: { file },
    remedy: `Check that it registers some when it is run by itself, and imports ${tool} by that name.`,
  });
}

/** A probe that fails, so that benchmarks which a file would have registered later are missed. */
function endedEarly(file: string, tool: Tool, error: unknown): Suite['probes'][string] {
  return {
    kind: 'bench',
    params: {},
    measure: async () => {
      throw new RunnerError(
        'runner/ended-early',
        `After ${tool} had run, it threw: ${describeError(error)}`,
        {
          place: { file },
          remedy:
            'While perfkit collects benchmarks their results hold no figures; what the file registers after that is not measured.',
          cause: error,
        },
      );
    },
  };
}
