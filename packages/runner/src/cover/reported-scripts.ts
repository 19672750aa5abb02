import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CoveredFunction, CoveredScript } from './coverage.js';

/** A script as V8 reports it. */
export interface ReportedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly {
      readonly startOffset: number;
      readonly endOffset: number;
      readonly count: number;
    }[];
    readonly isBlockCoverage: boolean;
  }[];
}

/**
 * The scripts among them that came from files.
 *
 * @param loading - What V8 reported when loading was over.
 * @param running - What it reported of the time after that.
 */
export function scriptsOf(
  loading: readonly ReportedScript[],
  running: readonly ReportedScript[],
): CoveredScript[] {
  const later = new Map(running.map((script) => [script.scriptId, script]));
  const early = new Set(loading.map(({ scriptId }) => scriptId));
  const both = [
    ...loading.map((script) => [script, later.get(script.scriptId)] as const),
    ...running.filter(({ scriptId }) => !early.has(scriptId)).map((script) => [undefined, script] as const),
  ];
  return both.flatMap(([atFirst, then]) => {
    const path = pathOf((atFirst ?? then)?.url ?? '');
    if (path === undefined) return [];
    const [loaded, ran] = [functionsOf(atFirst), functionsOf(then)];
    return [{ path, length: lengthOf(atFirst === undefined ? ran : loaded), loading: loaded, running: ran }];
  });
}

function functionsOf(script: ReportedScript | undefined): CoveredFunction[] {
  return (script?.functions ?? []).map(({ functionName, ranges }) => ({
    name: functionName,
    blocks: ranges.map(({ startOffset, endOffset, count }) => ({
      start: startOffset,
      end: endOffset,
      count,
    })),
  }));
}

/** The first function is the module itself, which is all of the file. */
function lengthOf(functions: readonly CoveredFunction[]): number {
  const [whole] = functions[0]?.blocks ?? [];
  return whole?.start === 0 ? whole.end : 0;
}

/** A module may be loaded under several queries; a file that is gone keeps the name it had. */
function pathOf(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = fileURLToPath(url.replace(/[?#].*$/, ''));
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
