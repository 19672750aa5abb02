import { describe, expect, it } from 'vitest';
import { allocatedPerOperation } from '../src/allocation.js';
import { timeBatch } from '../src/time-batch.js';
import { workloadOf } from '../src/workload.js';
import { bytesOfLoop, leastTime, loopOf, loopOverInputs, loopThatDropsResults } from './naive-loop.js';

const mixed = (seed: number): number => {
  let hash = seed;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 12);
};
const roots = (x: number): number => Math.sqrt(x + 1) / Math.sqrt(x + 2) / Math.sqrt(x + 3);
type Row = Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h', number>;
const row = (n: number): Row => ({ a: n, b: n, c: n, d: n, e: n, f: n, g: n, h: n });
const read = (of: Row): number =>
  of.a + 2 * of.b + 3 * of.c + 4 * of.d + 5 * of.e + 6 * of.f + 7 * of.g + 8 * of.h;
type Texts = Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f', string>;
const texts = (n: number): Texts => {
  const text = (more: number) => 'x'.repeat(n + more);
  return { a: text(1), b: text(2), c: text(3), d: text(4), e: text(5), f: text(6) };
};
const lengths = (of: Texts): number =>
  of.a.length * of.b.length + of.c.length * of.d.length + of.e.length * of.f.length;

/** Functions without effects, each with eight inputs that are as much work as one another. */
const pure = {
  'integer arithmetic': { fn: mixed, inputs: [1, 2, 3, 4, 5, 6, 7, 8] },
  'floating-point arithmetic': { fn: roots, inputs: [1, 2, 3, 4, 5, 6, 7, 8] },
  'property reads': { fn: read, inputs: [1, 2, 3, 4, 5, 6, 7, 8].map(row) },
  'string lengths': { fn: lengths, inputs: [1, 2, 3, 4, 5, 6, 7, 8].map(texts) },
};

describe('work whose result nobody uses', () => {
  for (const [name, { fn, inputs }] of Object.entries(pure)) {
    it(`is dropped from a naive loop, and not from ours: ${name}`, async () => {
      const [work, input] = [fn as (input: unknown) => unknown, inputs[0]];
      const dropped = leastTime(loopThatDropsResults(), work, input);
      const nothing = leastTime(loopThatDropsResults(), () => undefined, input);
      const needed = leastTime(loopOverInputs(), work, inputs);
      expect(dropped).toBeLessThan(nothing * 1.5);
      expect(dropped).toBeLessThan(needed / 1.5);
      const workload = await workloadOf(work, input);
      const ours = leastTime((_, __, rounds) => timeBatch(workload, rounds) as number, work, input);
      expect(ours).toBeGreaterThan(needed * 0.8);
    });
  }

  it('is done once for all rounds by a loop that keeps results, and every time by ours', async () => {
    const work = roots as (input: unknown) => unknown;
    const kept = leastTime(loopOf('kept[round & 1] = fn(input);'), work, 7);
    const needed = leastTime(loopOverInputs(), work, pure['floating-point arithmetic'].inputs);
    expect(kept).toBeLessThan(needed / 1.5);
    const workload = await workloadOf(work, 7);
    expect(leastTime((_, __, rounds) => timeBatch(workload, rounds) as number, work, 7)).toBeGreaterThan(
      needed * 0.8,
    );
  });

  it('allocates nothing in a naive loop, and all that it asks for in ours', async () => {
    const point = (x: unknown) => ({ x, y: 2 });
    expect(await bytesOfLoop(loopThatDropsResults(), point)).toBeLessThan(1);
    const workload = await workloadOf(point, 1);
    expect(await allocatedPerOperation(workload, 10, new AbortController().signal)).toBeGreaterThanOrEqual(
      16,
    );
  });
});
