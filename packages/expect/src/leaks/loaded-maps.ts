import type { InspectorNotification } from 'node:inspector';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

const INLINE = /^data:application\/json[^,]*;base64,(.*)$/s;
/** Columns in which the first of a line is looked for. */
const MOST_INDENT = 400;

/** Lines of code as it runs, given as lines of the source that people wrote. Both from 1. */
export type LineOf = (file: string, line: number) => number;

/**
 * Asks V8 for the source maps of the code that is loaded: test runners transform a file on its way, and what is on the
 * disk says nothing of that.
 *
 * @returns A function that gives a line back as it is where no map is known.
 *
 * Cost: V8 names every script; a map is read when a line of it is asked for.
 */
export async function loadedMaps(): Promise<LineOf> {
  const urls = await inlineMaps();
  const maps = new Map<string, SourceMap | undefined>();
  return (file, line) => {
    if (!maps.has(file)) maps.set(file, mapOf(urls.get(file)));
    const map = maps.get(file);
    return map === undefined ? line : originalLine(map, line);
  };
}

/** By path of the file that a script was made of. */
async function inlineMaps(): Promise<Map<string, string>> {
  const maps = new Map<string, string>();
  try {
    // Not every Node.js is built with it.
    const { Session } = await import('node:inspector/promises');
    const session = new Session();
    session.connect();
    try {
      session.on(
        'Debugger.scriptParsed',
        ({ params }: InspectorNotification<{ url: string; sourceMapURL?: string }>) => {
          const { url, sourceMapURL = '' } = params;
          if (sourceMapURL.startsWith('data:'))
            maps.set(url.startsWith('file:') ? fileURLToPath(url) : url, sourceMapURL);
        },
      );
      await session.post('Debugger.enable');
    } finally {
      session.disconnect();
    }
  } catch {
    // Lines of the code that runs are better than none.
  }
  return maps;
}

function mapOf(url: string | undefined): SourceMap | undefined {
  const [, data] = INLINE.exec(url ?? '') ?? [];
  if (data === undefined) return undefined;
  try {
    return new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

/** By the first place of the line that the map knows. */
function originalLine(map: SourceMap, line: number): number {
  for (let column = 0; column < MOST_INDENT; column += 1) {
    const entry = map.findEntry(line - 1, column);
    if ('originalLine' in entry && entry.generatedLine === line - 1) return entry.originalLine + 1;
  }
  return line;
}
