import { pathToFileURL } from 'node:url';
import { isSuite, type Suite } from '@perf/schema/core';
import { RunnerError } from '../runner-error.js';

/**
 * Imports a perf file and collects the suites it exports, by default or by name, or in an array.
 *
 * @throws whatever the file throws while it loads; {RunnerError} `runner/not-a-suite` if it exports none.
 */
export async function loadSuites(file: string): Promise<Suite[]> {
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
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
