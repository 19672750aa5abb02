import { setTimeout as sleep } from 'node:timers/promises';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type HeapProfile, heapPeak, heapProfileTop } from '../src/index.js';
import { PeakLooks } from '../src/profile/peak-looks.js';

type Make = (count: number) => unknown[];

function makerAt(filename: string): Make {
  const code =
    '(function make(count) { return Array.from({ length: count }, () => new Array(100).fill(0.5)); })';
  return runInThisContext(code, { filename }) as Make;
}

const MIB = 2 ** 20;
const ARRAY_BYTES = 848;

function bytesAt(profile: HeapProfile, file: string): number {
  const { sites } = heapProfileTop(profile, { by: 'line', limit: 1000 });
  return sites.filter((site) => site.file === file).reduce((sum, { bytes }) => sum + bytes, 0);
}

describe('the peak of a heap', () => {
  it('is told with what it is made of, which the end no longer holds', async () => {
    const [hold, rest] = [makerAt('/app/hold.js'), makerAt('/app/rest.js')];
    const count = 40_000;
    const { profile, peak } = await heapPeak(async () => {
      const few = rest(5000);
      let many: unknown[] | undefined = hold(count);
      await sleep(100);
      many = undefined;
      await sleep(20);
      return [few, many];
    });
    expect(peak.bytes).toBeGreaterThan(count * ARRAY_BYTES);
    expect(bytesAt(peak.profile, '/app/hold.js')).toBeGreaterThan(0.8 * count * ARRAY_BYTES);
    expect(bytesAt(profile, '/app/hold.js')).toBeLessThan(0.1 * count * ARRAY_BYTES);
    expect(bytesAt(profile, '/app/rest.js')).toBeGreaterThan(0.6 * 5000 * ARRAY_BYTES);
  });

  it('of work that only grows is its end', async () => {
    const grow = makerAt('/app/grow.js');
    const { profile, peak } = await heapPeak(() => grow(20_000));
    expect(peak.profile).toBe(profile);
    expect(bytesAt(profile, '/app/grow.js')).toBeGreaterThan(0.8 * 20_000 * ARRAY_BYTES);
    expect(peak.bytes).toBeGreaterThan(20_000 * ARRAY_BYTES);
    expect(peak.atMs).toBeGreaterThanOrEqual(0);
  });

  it('throws what the work throws, and refuses what it cannot do', async () => {
    await expect(heapPeak(() => JSON.parse('{'))).rejects.toThrow(SyntaxError);
    await expect(heapPeak(() => heapPeak(() => 1))).rejects.toThrow(
      expect.objectContaining({ code: 'leak/inspector' }),
    );
    for (const options of [{ everyMs: 0 }, { everyMs: Number.NaN }, { intervalBytes: 0 }]) {
      await expect(heapPeak(() => 1, options)).rejects.toThrow(
        expect.objectContaining({ code: 'leak/option' }),
      );
    }
    // @ts-expect-error not a function
    await expect(heapPeak(1)).rejects.toThrow(expect.objectContaining({ code: 'leak/not-a-function' }));
  });
});

describe('a look at a growing heap', () => {
  /** Looks whenever one is due, with a reading [MiB] every 5 ms; each takes 10 ms and leaves what is alive. */
  function looksAt(
    readings: Iterable<{ used: number; alive: number }>,
  ): { at: number; isLargest: boolean }[] {
    const looks = new PeakLooks();
    looks.add({ bytes: 0, nowMs: -10 }, { bytes: 0, nowMs: 0 });
    const taken: { at: number; isLargest: boolean }[] = [];
    let nowMs = 1000;
    for (const { used, alive } of readings) {
      nowMs += 5;
      if (!looks.isDue({ bytes: used * MIB, nowMs })) continue;
      const before = { bytes: used * MIB, nowMs };
      nowMs += 10;
      taken.push({ at: used, isLargest: looks.add(before, { bytes: alive * MIB, nowMs }) });
    }
    return taken;
  }

  /** Garbage of up to 16 MiB on what stays, with a collection after every fourth reading. */
  function sawTooth(staying: number, rounds: number, alive = staying): { used: number; alive: number }[] {
    return Array.from({ length: rounds }, () =>
      [4, 8, 12, 16, 0].map((garbage) => ({ used: staying + garbage, alive })),
    ).flat();
  }

  it('comes after a step of 4 MiB, and of a tenth once that is more', () => {
    const steps = looksAt(Array.from({ length: 1000 }, (_, used) => ({ used, alive: used })));
    expect(steps.slice(0, 3).map(({ at }) => at)).toEqual([4, 8, 12]);
    expect(steps.every(({ isLargest }) => isLargest)).toBe(true);
    const large = steps.map(({ at }) => at).filter((at) => at >= 400);
    for (const [index, at] of large.slice(1).entries()) {
      expect(at / (large[index] as number)).toBeGreaterThanOrEqual(1.1);
    }
    expect(steps.length).toBeLessThan(50);
  });

  it('does not come while garbage comes and goes', () => {
    const first = looksAt(sawTooth(10, 2)).length;
    expect(looksAt(sawTooth(10, 1000))).toHaveLength(first);
  });

  it('finds what stays after a collection though the heap once held more', () => {
    const before = [{ used: 60, alive: 10 }, ...sawTooth(10, 20)];
    const both = [...before, ...sawTooth(16, 20)];
    const found = looksAt(both).slice(looksAt(before).length);
    expect(found).toEqual([{ at: 16, isLargest: true }]);
    expect(looksAt([...both, ...sawTooth(10, 100)])).toEqual(looksAt(both));
  });

  it('takes a fiftieth of the time where V8 leaves garbage that a look collects', () => {
    const taken = looksAt(sawTooth(30, 1000, 2)).length;
    expect(taken).toBeGreaterThan(20);
    expect(taken * 10).toBeLessThanOrEqual(0.025 * (5000 * 5 + taken * 10));
  });
});
