import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { ReferenceReader } from '../src/reference.js';
import { beginReference, timeReference, warmReference } from '../src/reference-kernel.js';
import { context } from './context.js';

describe('the reference kernel', () => {
  it('is read beside the samples: its time, and the time in units of it, neither judged', async () => {
    const { metrics } = await bench(() => 1).measure(context());
    const of = (name: string) => metrics.find((metric) => metric.name === name);
    expect(of('reference')).toMatchObject({ unit: 'ns', judged: false });
    expect(of('time_normalised')).toMatchObject({ unit: 'ratio', judged: false });
    const ratio = (of('time')?.value ?? 0) / (of('reference')?.value ?? 1);
    expect(of('time_normalised')?.value).toBeGreaterThan(ratio / 3);
    expect(of('time_normalised')?.value).toBeLessThan(ratio * 3);
  });

  it('says nothing of functions that wait: their time is not that of the machine', async () => {
    const { metrics } = await bench(() => sleep(2)).measure(context());
    const names = metrics.map(({ name }) => name);
    expect(names).not.toContain('reference');
    expect(names).not.toContain('time_normalised');
  });

  it('is read once for blocks of short batches, and after every long one', () => {
    beginReference();
    warmReference();
    const read = (batchNs: number, batches: number) => {
      const reader = new ReferenceReader(batchNs);
      for (let batch = 0; batch < batches; batch += 1) reader.onBatch(100 * timeReference(), false);
      return reader.result();
    };
    expect(read(500_000, 3)).toBeUndefined();
    expect(read(500_000, 400)?.normalised).toBeGreaterThan(50);
    expect(read(500_000, 400)?.normalised).toBeLessThan(200);
    expect(read(50_000_000, 1)?.time).toBeGreaterThan(0);
  });
});

describe('empty costs', () => {
  it('stand beside every result, and are subtracted from none', async () => {
    for (const fn of [() => undefined, async () => undefined]) {
      const { metrics } = await bench(fn).measure(context());
      const of = (name: string) => metrics.find((metric) => metric.name === name);
      const empty = of(fn() === undefined ? 'empty_call' : 'empty_await');
      expect(empty).toMatchObject({ unit: 'ns', judged: false });
      expect(empty?.value).toBeGreaterThan(0);
      expect(of('time')?.value).toBeGreaterThan((empty?.value ?? 0) / 3);
      expect(of('empty_await')?.value).toBeGreaterThan(of('empty_call')?.value ?? 0);
    }
  });
});
