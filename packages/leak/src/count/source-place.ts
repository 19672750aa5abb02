import { readFileSync, statSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in code as V8 names it. */
export interface CodePlace {
  readonly scriptId: string;
  readonly url: string;
  /** From 0. */
  readonly lineNumber: number;
  /** From 0. */
  readonly columnNumber: number;
}

/** A larger file is read for no map [bytes]. */
const LARGEST_FILE = 64 * 2 ** 20;
const MAP_COMMENT = '//# sourceMappingURL=';

/** Code that `node:vm` compiled has any name that it was given, also a URL of no path here: `file://host/x.js`. */
export function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}

/**
 * Where a place is in the source that people wrote: by the code's source map if it has one that can be read, else where
 * it is.
 *
 * @param code - As it was loaded: what transforms files on their way, such as a test runner, says so in no file. By
 * default what the file holds.
 * @returns `line` from 1.
 *
 * Cost: reads the file and its map.
 */
export function originOf(
  { url, lineNumber, columnNumber }: Pick<CodePlace, 'url' | 'lineNumber' | 'columnNumber'>,
  code?: string,
): { file: string; line: number } {
  const file = pathOf(url);
  const asItIs = { file, line: lineNumber + 1 };
  const map = mapOf(file, code);
  if (map === undefined) return asItIs;
  const entry = map.sourceMap.findEntry(lineNumber, columnNumber);
  if (!('originalSource' in entry)) return asItIs;
  const source = pathOf(entry.originalSource);
  return {
    file: source.includes('://') ? source : resolve(map.folder, source),
    line: entry.originalLine + 1,
  };
}

function mapOf(file: string, loaded?: string): { sourceMap: SourceMap; folder: string } | undefined {
  try {
    const code = loaded ?? codeOf(file);
    const at = code.lastIndexOf(MAP_COMMENT);
    if (at === -1) return undefined;
    const [reference = ''] = code
      .slice(at + MAP_COMMENT.length)
      .trim()
      .split(/\s/, 1);
    const data = /^data:application\/json[^,]*;base64,(.*)$/.exec(reference)?.[1];
    const mapFile = resolve(dirname(file), decodeURI(reference));
    const text = data === undefined ? readFileSync(mapFile, 'utf8') : Buffer.from(data, 'base64').toString();
    const payload = JSON.parse(text) as SourceMapPayload;
    const folder = resolve(data === undefined ? dirname(mapFile) : dirname(file), payload.sourceRoot ?? '');
    return { sourceMap: new SourceMap({ ...payload, sourceRoot: '' }), folder };
  } catch {
    // A file that is gone or too large, or a map that is none: the place in the code that ran is still right.
    return undefined;
  }
}

function codeOf(file: string): string {
  return statSync(file).size > LARGEST_FILE ? '' : readFileSync(file, 'utf8');
}
