import * as mitata from 'mitata';
import * as tinybench from 'tinybench';
import { describe, expect, it } from 'vitest';

/** What takes a tool's place, as it ships. */
async function adapterOf<Tool>(tool: string): Promise<Tool> {
  return await import(new URL(`../../bench/dist/${tool}.js`, import.meta.url).href);
}

describe('adapters', () => {
  it.each(['tinybench', 'mitata', 'vitest'])('that of %s has every export of it', async (tool) => {
    const real = Object.keys(await import(tool));
    expect(real.length).toBeGreaterThan(5);
    expect(Object.keys(await adapterOf<object>(tool))).toEqual(expect.arrayContaining(real));
  });

  it('that of tinybench formats and converts numbers as it does', async () => {
    const adapter = await adapterOf<typeof tinybench>('tinybench');
    for (const value of [0, 0.004, 1.236, 12.345, 999.999, 1234.5, 99_999.94, 123_456.7, -12.5, Number.NaN]) {
      expect(adapter.formatNumber(value)).toBe(tinybench.formatNumber(value));
      expect(adapter.mToNs(value)).toBe(tinybench.mToNs(value));
      expect(adapter.nToMs(value)).toBe(tinybench.nToMs(value));
    }
  });

  it('that of mitata takes the same values for arguments, and names runs the same', async () => {
    const { beginCollection } = await adapterOf<{ beginCollection(file: string): void }>('adapters');
    beginCollection('here');
    const adapter = await adapterOf<typeof mitata>('mitata');
    const build = ({ B }: typeof mitata) =>
      [
        new B('a $n', () => 1).range('n', 1, 1024),
        new B('b $n', () => 1).range('n', 10, 900, 3),
        new B('c $n', () => 1).dense_range('n', 1, 4),
        new B('d $n', () => 1).dense_range('n', 0, 10, 3),
        new B('e $x', () => 1).args([3, 1]),
        new B('f $a $b', () => 1).args({ a: [1, 2], b: ['x'] }).args('c', [true]),
        new B('g', () => 1).args('a', [1]).args('a', null as never),
      ].map((benchmark) => (benchmark as unknown as { _args: unknown })._args);
    expect(build(adapter)).toEqual(build(mitata));
  });
});
