import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunnerError } from '../runner-error.js';

/** Part of every cache key: raised when the blanking itself changes. */
const FORMAT = 'ts-blank-space@0.9.0';

/**
 * TypeScript with every type overwritten by spaces: what is left is the code that the user wrote, at the same lines
 * and columns, with nothing injected.
 *
 * The result is kept in `cacheFolder` by content, so that only the first process that sees a file loads the compiler.
 *
 * @throws {RunnerError} `runner/not-erasable` for syntax that is more than types, such as `enum`, with its place.
 */
export async function blankTypes(source: string, file: string, cacheFolder: string): Promise<string> {
  const cached = join(cacheFolder, `${createHash('sha256').update(FORMAT).update(source).digest('hex')}.js`);
  const known = readIfThere(cached);
  if (known !== undefined) return known;
  const blanked = await blank(source, file);
  writeWhole(cached, blanked, cacheFolder);
  return blanked;
}

async function blank(source: string, file: string): Promise<string> {
  const [{ blankSourceFile }, { default: ts }] = await Promise.all([
    import('ts-blank-space'),
    import('typescript'),
  ]);
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
  return blankSourceFile(parsed, (node) => {
    const start = node.getStart(parsed);
    const { line, character } = parsed.getLineAndCharacterOfPosition(start);
    throw new RunnerError(
      'runner/not-erasable',
      `"${firstLine(source.slice(start, node.getEnd()))}" is more than a type.`,
      {
        place: { file, line: line + 1, column: character + 1 },
        remedy:
          'Types are blanked, nothing is compiled: use erasable syntax only (no enum, namespace or parameter property).',
      },
    );
  });
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 60);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Two processes may write the same file; each renames a whole one into place. A cache that cannot be written is none. */
function writeWhole(path: string, text: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch {
    return;
  }
}
