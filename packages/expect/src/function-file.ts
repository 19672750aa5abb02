import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import { contentId, describeError } from '@perf/schema/core';
import { ExpectError } from './expect-error.js';
import type { FunctionSubject } from './subject.js';

/** Longer arguments are left out of a name [characters]. */
const LONGEST_ARGS = 40;

/**
 * Writes the perf file that measures an exported function: an ordinary one, which `perfkit run` measures as well. It
 * lies in `.perfkit/expect` of the project, named by its content.
 *
 * @returns The file, and the title of its only probe.
 * @throws {ExpectError} `expect/subject` if the arguments cannot be copied into another process.
 */
export function functionFile(subject: FunctionSubject, root: string): { file: string; title: string } {
  const { file: module, exportName, args = [], setup } = subject;
  const suite = relative(root, module).split(sep).join('/');
  const given = argumentsOf(exportName, args);
  const name = `${exportName}(${setup === undefined ? given.shown : `${setup}()`})`;
  const source = `// Measures one exported function for a test; written by @perf/expect.
import { deserialize } from 'node:v8';
import { bench, suite } from '@perf/bench';
import * as subject from ${JSON.stringify(pathToFileURL(module).href)};

const exported = (name) => {
  if (typeof subject[name] === 'function') return subject[name];
  throw new TypeError(\`\${name} is no function that it exports. It has: \${Object.keys(subject).join(', ')}\`);
};
const measured = exported(${JSON.stringify(exportName)});
export default suite(${JSON.stringify(suite)}, {
  ${JSON.stringify(name)}: ${
    setup === undefined
      ? `bench((args) => measured(${args.map((_, at) => `args[${at}]`)}), { setup: () => ${given.code} })`
      : `bench((input) => measured(input), { setup: exported(${JSON.stringify(setup)}) })`
  },
});
`;
  const folder = join(root, '.perfkit', 'expect');
  const stem = basename(module).replace(/[^\w.-]/g, '_');
  const file = join(folder, `${stem}-${contentId(source).slice(0, 12)}.perf.mjs`);
  writeWhole(file, source, folder);
  return { file, title: `${suite} › ${name}` };
}

/** Arguments as an expression, readable where they are JSON, and in short for a name. */
function argumentsOf(exportName: string, args: readonly unknown[]): { code: string; shown: string } {
  try {
    const bytes = serialize(args).toString('base64');
    const hash = `… ${contentId(bytes).slice(0, 6)}`;
    const json = jsonOf(args);
    if (json === undefined) return { code: `deserialize(Buffer.from('${bytes}', 'base64'))`, shown: hash };
    const shown = json.slice(1, -1);
    return {
      code: `JSON.parse(${JSON.stringify(json)})`,
      shown: shown.length <= LONGEST_ARGS ? shown : hash,
    };
  } catch (error) {
    throw new ExpectError(
      'expect/subject',
      `The arguments of ${exportName} cannot be copied into another process: ${describeError(error)}`,
      {
        remedy: "Give plain data, or name an export that makes the argument: { setup: 'makeInput' }.",
        cause: error,
      },
    );
  }
}

/** JSON that gives the same values back, if there is one. */
function jsonOf(value: unknown): string | undefined {
  try {
    const json = JSON.stringify(value);
    return isDeepStrictEqual(JSON.parse(json), value) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Whole files only: two tests may write the same one. */
function writeWhole(file: string, text: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
