import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { measureFolder } from './measuring.js';
import { project } from './project.js';

const schema = fileURLToPath(new URL('../../schema', import.meta.url));

/**
 * Measures a probe that imports a TypeScript module where nobody who reads the source sees it: that works in a process
 * with hooks and fails in one without.
 */
async function importsUnseen(head: string, { installed = true, ...files }: Record<string, unknown> = {}) {
  const root = project({
    'package.json': '{"type":"module"}',
    'late.ts': 'export const late: number = 1;',
    'some.perf.mjs': `
${head}
import { measurementOf, suite } from '@perf/schema/core';
const probe = {
  kind: 'fixture',
  params: {},
  async measure({ probe, processIndex, seed }) {
    await eval("im" + "port('./late.ts')");
    return measurementOf({
      probe, process: { index: processIndex, pid: process.pid }, startedAt: new Date().toISOString(), elapsed: 1, seed,
      status: 'ok',
      metrics: [{ name: 'time', unit: 'ns', better: 'lower', value: 1, judged: true }],
    });
  },
};
export default suite('some', { probe });
`,
    ...(files as Record<string, string>),
  });
  if (installed === true) {
    mkdirSync(join(root, 'node_modules', '@perf'), { recursive: true });
    symlinkSync(schema, join(root, 'node_modules', '@perf', 'schema'));
  }
  const { measurements } = await measureFolder(root);
  return measurements.map(({ status, error }) => error?.code ?? status);
}

describe('a file that Node.js loads the same way by itself', () => {
  it('is measured without hooks', async () => {
    expect(await importsUnseen('')).toEqual(['ERR_UNKNOWN_FILE_EXTENSION']);
    expect(await importsUnseen('/**\n * See import("./late.ts").\n */')).toEqual([
      'ERR_UNKNOWN_FILE_EXTENSION',
    ]);
  });
});

describe('a file that needs hooks, or may come to', () => {
  it('is measured with them where it imports TypeScript', async () => {
    expect(await importsUnseen("import './typed.ts';", { 'typed.ts': 'export type T = 1;' })).toEqual(['ok']);
  });

  it('is measured with them where it takes @perf from perfkit', async () => {
    expect(await importsUnseen('', { installed: false })).toEqual(['ok']);
  });

  it('is measured with them where a module of it imports something when it runs', async () => {
    expect(await importsUnseen('export const later = () => import("./late.ts");')).toEqual(['ok']);
    const required = { 'later.cjs': 'module.exports = () => import("./late.ts");' };
    expect(await importsUnseen("import './later.cjs';", required)).toEqual(['ok']);
  });

  it('is measured with them where a module is in the cache that is no file', async () => {
    const made = {
      'made.cjs': "require.cache['/nowhere/at/all.js'] = new module.constructor('/nowhere/at/all.js');",
    };
    expect(await importsUnseen("import './made.cjs';", made)).toEqual(['ok']);
  });
});
