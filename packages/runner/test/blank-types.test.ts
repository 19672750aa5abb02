import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blankTypes } from '../src/loading/blank-types.js';
import { project } from './project.js';

describe('blankTypes', () => {
  it('overwrites types with spaces and leaves every other character where it was', async () => {
    const source = 'interface A { b: string }\nexport const f = (a: A): string => (a.b as string)!;\n';
    const blanked = await blankTypes(source, 'a.ts', join(project({}), 'cache'));
    expect(blanked.length).toBe(source.length);
    expect(blanked.split('\n').length).toBe(source.split('\n').length);
    expect(blanked.replace(/\s+/g, ' ')).toContain('export const f = (a ) => (a.b ) ;');
    for (const [index, character] of [...blanked].entries()) {
      if (character.trim() !== '' && character !== ';') expect(character).toBe(source[index]);
    }
  });

  it('refuses what is more than a type, with its line and column', async () => {
    const source = 'const a = 1;\n  enum Colour { Red }\n';
    await expect(blankTypes(source, 'a.ts', join(project({}), 'cache'))).rejects.toMatchObject({
      code: 'runner/not-erasable',
      place: { file: 'a.ts', line: 2, column: 3 },
    });
  });

  it('keeps what it blanked by content, and gives the same from there', async () => {
    const cache = join(project({}), 'cache');
    const first = await blankTypes('let a: number = 1;', 'a.ts', cache);
    expect(readdirSync(cache)).toHaveLength(1);
    expect(await blankTypes('let a: number = 1;', 'other.ts', cache)).toBe(first);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('works without a cache that can be written', async () => {
    const file = project({ 'not-a-folder': '' });
    expect(await blankTypes('let a: 1;', 'a.ts', join(file, 'not-a-folder', 'cache'))).toContain('let a');
  });
});
