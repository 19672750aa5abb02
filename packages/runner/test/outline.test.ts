import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Outline, outlineOf } from '../src/index.js';
import { project } from './project.js';

async function outline(text: string, name = 'x.ts'): Promise<Outline> {
  const root = project({ [name]: text });
  return await outlineOf(join(root, name), join(root, '.cache'));
}

/** Tokens with whose they are: `parse:return`, `module:=`, `inert:import`. */
async function owned(text: string, name?: string): Promise<string[]> {
  const { tokens } = await outline(text, name);
  return tokens.map(({ text: token, owner }) =>
    owner.kind === 'function' ? `${owner.name}:${token}` : `${owner.kind}:${token}`,
  );
}

describe('outlineOf', () => {
  it('leaves out comments, white space and types', async () => {
    const texts = async (source: string) => (await outline(source)).tokens.map(({ text }) => text).join(' ');
    expect(
      await texts('/** Doc. */\nexport const f = (x: number): number => x; // why\ntype T = string;'),
    ).toBe(await texts('export const f = (\n  x\n) => x;'));
  });

  it('gives code to the function around it, by the name that people use', async () => {
    const all = await owned(`
      function plain() { return 1; }
      class Cache { get(key) { return key; } size = 0; static limit = 9; }
      export const arrow = (x) => [x].map((y) => y + 2);
      exports.assigned = function () { return 3; };
      const object = { method() { return 4; } };
    `);
    expect(all).toEqual(
      expect.arrayContaining([
        'plain:1',
        'Cache.get:key',
        'Cache.size:0',
        'module:9',
        'module:Cache',
        'arrow:2',
        'assigned:3',
        'method:4',
        'module:object',
      ]),
    );
  });

  it('gives what only names a function to that function, and imports to nobody', async () => {
    const all = await owned(`
      import { readFile } from 'node:fs';
      export { readFile };
      export const arrow = () => 1;
      export async function plain() {}
      export default function () {}
      exports.assigned = () => 2;
      export const limit = 5;
    `);
    expect(all).toEqual(
      expect.arrayContaining([
        'inert:import',
        'inert:export',
        'arrow:export',
        'arrow:=',
        'plain:async',
        '(anonymous):default',
        'assigned:exports',
        'module:limit',
      ]),
    );
  });

  it('keeps lines and length of the file as it is written', async () => {
    const text = 'const one: number = 1;\n\nexport function f(): void {\n  one;\n}\n';
    const { tokens, length } = await outline(text);
    expect(length).toBe(text.length);
    expect(tokens.at(-1)).toMatchObject({ text: '}', line: 5 });
  });

  it('places operators where the left side is evaluated, since V8 counts them with the right', async () => {
    const text = 'const f = (a, b) => { return a ?? b; };';
    const { tokens } = await outline(text);
    const at = (wanted: string) => {
      const owner = tokens.findLast((token) => token.text === wanted)?.owner;
      return owner?.kind === 'function' ? owner.at : undefined;
    };
    expect(at('??')).toBe(text.indexOf('a ??'));
    expect(at('b')).toBe(text.indexOf('b;'));
  });
});
