import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalBalance } from '../src/models/arrival-balance.js';

interface Stage {
  readonly rate: number;
  readonly seconds: number;
  /** How long ends are waited for after the stage [ms]. */
  readonly drainMs?: number;
}

/** What is made of a stage whose arrivals end at given times [ms], on a clock of its own. */
function balanceOf({ rate, seconds, drainMs = 1e9 }: Stage, endsOf: (due: number[]) => number[]) {
  const due = Array.from({ length: Math.round(rate * seconds) }, (_, index) => (index * 1000) / rate);
  const balance = new ArrivalBalance(due.length, seconds * 1000);
  for (const [index, end] of endsOf(due).entries()) {
    if (end <= seconds * 1000 + drainMs) balance.ended(due[index] ?? Number.NaN, end, true);
  }
  return { throughput: balance.throughput, behind: balance.behind };
}

const takes = (msOf: (index: number) => number) => (due: number[]) =>
  due.map((at, index) => at + msOf(index));

/** One server that takes so long for each [ms], and next whom `pick` chooses of those who wait. */
const oneServer = (serviceMs: number, pick: (waiting: number[]) => number) => (due: number[]) => {
  const ends = due.map(() => Number.NaN);
  const waiting: number[] = [];
  let arrived = 0;
  for (let now = 0, served = 0; served < due.length; served += 1) {
    if (waiting.length === 0) now = Math.max(now, due[arrived] ?? now);
    for (; (due[arrived] ?? Number.POSITIVE_INFINITY) <= now; arrived += 1) waiting.push(arrived);
    const [next = 0] = waiting.splice(pick(waiting), 1);
    now += serviceMs;
    ends[next] = now;
  }
  return ends;
};
const firstComeFirstServed = () => 0;
const lastComeFirstServed = (waiting: number[]) => waiting.length - 1;

describe('a target that keeps up', () => {
  it('serves the rate of arrivals, however long each answer takes', () => {
    for (const ms of [0, 1, 500, 1500, 1999, 3000, 60_000]) {
      const seen = balanceOf(
        { rate: 20, seconds: 2 },
        takes(() => ms),
      );
      expect(seen.throughput).toBeCloseTo(20, 6);
      expect(seen.behind).toBe(false);
    }
  });

  it('does so also where half the answers take very long', () => {
    const alternating = balanceOf(
      { rate: 50, seconds: 2 },
      takes((index) => (index % 2 === 0 ? 1 : 1500)),
    );
    expect(alternating).toEqual({ throughput: 50, behind: false });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }), (slow) => {
        const seen = balanceOf(
          { rate: 50, seconds: 2 },
          takes((index) => (slow[index] ? 1500 : 1)),
        );
        expect(seen).toEqual({ throughput: 50, behind: false });
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('is not blamed for a slow start or one stall, which it catches up with', () => {
    const cold = balanceOf(
      { rate: 100, seconds: 2 },
      takes((index) => (index < 50 ? 300 : 2)),
    );
    expect(cold.behind).toBe(false);
    expect(cold.throughput).toBeGreaterThan(98);
    const stalled = (due: number[]) => due.map((at) => (at > 1400 && at < 1700 ? 1700 : at) + 2);
    const stall = balanceOf({ rate: 100, seconds: 2 }, stalled);
    expect(stall.behind).toBe(false);
    expect(stall.throughput).toBeGreaterThan(98);
  });

  it('is charged a little where answers take a little longer, not all that is in flight', () => {
    const { throughput } = balanceOf(
      { rate: 20, seconds: 2 },
      takes((index) => 500 + index * 0.1),
    );
    expect(throughput).toBeGreaterThan(19.9);
    expect(throughput).toBeLessThan(20);
  });
});

describe('a target that serves fewer than arrive', () => {
  it.each([
    ['first come, first served', firstComeFirstServed, [10, 500, 1e9]],
    ['last come, first served', lastComeFirstServed, [10, 1e9]],
  ] as const)('is found, and its throughput is what it serves: %s', (_, pick, drains) => {
    for (const [rate, serviceMs, seconds] of [
      [200, 10, 2],
      [200, 10, 0.5],
      [130, 10, 2],
      [50, 100, 5],
    ] as const) {
      for (const drainMs of drains) {
        const seen = balanceOf({ rate, seconds, drainMs }, oneServer(serviceMs, pick));
        expect(seen.behind).toBe(true);
        expect((seen.throughput * serviceMs) / 1000).toBeGreaterThan(0.93);
        expect((seen.throughput * serviceMs) / 1000).toBeLessThan(1.05);
      }
    }
  });

  it('does not look as if it kept up when half of what it takes never ends', () => {
    const seen = balanceOf(
      { rate: 50, seconds: 2, drainMs: 1000 },
      takes((index) => (index % 2 === 0 ? 1 : Number.POSITIVE_INFINITY)),
    );
    expect(seen).toEqual({ throughput: 25, behind: true });
  });

  it('serves none of which none ends, and all of a stage with one arrival', () => {
    const none = balanceOf(
      { rate: 50, seconds: 2, drainMs: 0 },
      takes(() => 1e6),
    );
    expect(none).toEqual({ throughput: 0, behind: true });
    expect(
      balanceOf(
        { rate: 1, seconds: 1 },
        takes(() => 5000),
      ),
    ).toEqual({ throughput: 1, behind: false });
  });
});
