import { realpathSync } from 'node:fs';
import type { ProbeContext } from '@perf/schema/core';
import { findProbe } from '../child/find-probe.js';
import { loadSuites } from '../loading/load-suites.js';
import type { Coverage } from './coverage.js';
import { startPreciseCoverage } from './precise-coverage.js';
import { runBriefly } from './run-briefly.js';
import { watchOffspring } from './watch-offspring.js';
import { watchReads } from './watch-reads.js';

/**
 * Imports a perf file and runs one of its probes briefly, under V8's precise coverage from the first line on.
 * What its set-up does counts as executed; what its modules do while they are loaded counts apart. Rejects if it fails.
 */
export async function performCover(file: string, context: ProbeContext): Promise<Coverage> {
  const coverage = startPreciseCoverage();
  const reads = watchReads();
  const collect = watchOffspring();
  const probe = findProbe(await loadSuites(file, context.probe), context.probe, file);
  coverage.endLoading();
  await runBriefly(probe, context);
  const offspring = await collect();
  const scripts = [...coverage.take(), ...offspring.scripts];
  const loaded = new Set(scripts.map(({ path }) => path));
  // Node.js itself reads the maps of what it loads, for the coverage.
  const isData = (path: string) => !loaded.has(path) && !path.endsWith('.map');
  const read = [...new Set([...reads].flatMap(realPath))].filter(isData);
  return { scripts, read, ...(offspring.blind !== undefined && { blind: offspring.blind }) };
}

/** A file that is no longer there cannot differ. */
function realPath(path: string): string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}
