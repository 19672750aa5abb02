import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorsOf } from '../src/growth/floors.js';
import { judgeGrowth } from '../src/growth/judge-growth.js';

const { heap } = floorsOf();
const KIB = 1024;
const at = Array.from({ length: 25 }, (_, block) => block * 1000);

/** Readings of a heap of 10 MiB that grew by so much in each block. */
function grown(perBlock: (block: number) => number): number[] {
  let held = 10_240 * KIB;
  return at.map((_, block) => {
    if (block > 0) held += perBlock(block);
    return held;
  });
}

function verdict(readings: number[]): string {
  return judgeGrowth(at, readings, heap).verdict;
}

describe('judgeGrowth', () => {
  it('calls even growth above the floors leaking, with its size', () => {
    const judged = judgeGrowth(
      at,
      grown(() => 100 * KIB),
      heap,
    );
    expect(judged).toMatchObject({
      verdict: 'leaking',
      perIteration: { estimate: 102.4, low: 102.4, high: 102.4 },
    });
    expect(judged.sensitivity).toBeCloseTo((512 * KIB) / 24_000);
  });

  it('calls growth that quickens, or comes in steps on top of itself, leaking', () => {
    expect(verdict(grown((block) => block * 20 * KIB))).toBe('leaking');
    expect(verdict(grown((block) => (block % 8 === 0 ? 900 : 100) * KIB))).toBe('leaking');
  });

  it('calls growth that ends saturating, and growth that only slows undecided', () => {
    expect(verdict(grown((block) => (block <= 12 ? 200 * KIB : 0)))).toBe('saturating');
    expect(verdict(grown((block) => (block <= 12 ? 200 : 80) * KIB))).toBe('undecided');
  });

  it('calls significant growth below the floors steady: an interval that excludes 0 is not enough', () => {
    const judged = judgeGrowth(
      at,
      grown(() => 4 * KIB),
      heap,
    );
    expect(judged.perIteration.low).toBeGreaterThan(0);
    expect(judged.verdict).toBe('steady');
  });

  it('does not call a saw-tooth leaking whose end is higher than its beginning', () => {
    expect(verdict(grown((block) => (block % 4 === 0 ? -280 : 100) * KIB))).not.toBe('leaking');
  });

  it('does not call a single step leaking, however high', () => {
    expect(verdict(grown((block) => (block === 20 ? 50_000 * KIB : 0)))).not.toBe('leaking');
  });

  it('does not call readings leaking that fall', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 24, maxLength: 24 }), (falls) => {
        expect(verdict(grown((block) => -(falls[block - 1] as number)))).not.toBe('leaking');
      }),
    );
  });

  it('calls noise without growth leaking hardly ever', () => {
    let alarms = 0;
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    for (let series = 0; series < 1000; series += 1) {
      const noise = at.map(() => 10_240 * KIB + random() * 2048 * KIB);
      if (verdict(noise) === 'leaking') alarms += 1;
      // A walk is the worst case: each block keeps what the last one gained.
      if (verdict(grown(() => (random() - 0.5) * 1024 * KIB)) === 'leaking') alarms += 1;
    }
    expect(alarms).toBeLessThan(20);
  });

  it('leaves too few blocks undecided', () => {
    expect(judgeGrowth([0, 1, 2, 3, 4, 5], [0, 9e9, 18e9, 27e9, 36e9, 45e9], heap).verdict).toBe('undecided');
    expect(judgeGrowth([0], [5], heap).verdict).toBe('undecided');
  });
});
