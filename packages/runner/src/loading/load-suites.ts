import { pathToFileURL } from 'node:url';
import { isSuite, type Suite } from '@perf/schema/core';
import { RunnerError } from '../runner-error.js';
import { collectSuites, type Wanted } from './collect-suites.js';
import { toolOf } from './tool-of.js';

/**
 * Imports a perf file and collects the suites it exports, by default or by name, or in an array. A benchmark file of
 * tinybench, mitata or Vitest is run against perfkit's adapters instead.
 *
 * @param wanted - The probe that this process is to measure, if there is one.
 * @throws whatever the file throws while it loads; {RunnerError} `runner/not-a-suite` if it exports none,
 * `runner/no-benchmarks` if it is another tool's and registers none.
 */
export async function loadSuites(file: string, wanted?: Wanted): Promise<Suite[]> {
  const tool = toolOf(file);
  if (tool !== undefined) return await collectSuites(file, tool, wanted);
  const exported = await importPerfFile(file);
  const suites = [...new Set(Object.values(exported).flat().filter(isSuite))];
  if (suites.length === 0) {
    throw new RunnerError('runner/not-a-suite', 'It exports no suite.', {
      seen: Object.keys(exported),
      place: { file },
      remedy: "Write: export default suite('name', { 'probe': bench(() => …) }).",
    });
  }
  return suites;
}

async function importPerfFile(file: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (!(error instanceof ReferenceError) || !/^(bench|describe) is not defined$/.test(error.message))
      throw error;
    throw new RunnerError('runner/no-globals', `${error.message}.`, {
      place: { file },
      remedy: "Functions of Vitest are not global here: import { bench, describe } from 'vitest'.",
      cause: error,
    });
  }
}
