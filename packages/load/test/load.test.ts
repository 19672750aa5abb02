import type { ProbeNews } from '@perf/schema';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it, vi } from 'vitest';
import { arrivals, constant, endurance, LoadError, load, peak, ramp, scale, stress } from '../src/index.js';
import { context, metricIn, reread, wait } from './context.js';

const short = constant({ concurrency: 2, seconds: 0.1 });

describe('load', () => {
  it('gives a measurement that any reader accepts, whose histogram and metrics agree', async () => {
    const measurement = reread(await load(() => wait(2), short).measure(context()));
    expect(measurement).toMatchObject({ status: 'ok', process: { index: 1, pid: process.pid }, seed: 11 });
    expect(measurement.metrics.map(({ name, judged }) => [name, judged])).toEqual([
      ['throughput', true],
      ['latency_p50', true],
      ['latency_p90', false],
      ['latency_p99', true],
      ['latency_p999', false],
      ['error_rate', false],
      ['success_rate', false],
    ]);
    const { load: profile, histogram, timeline } = measurement.artifacts;
    const decoded = decodeFromCompressedBase64(histogram?.response ?? '');
    expect(decoded.totalCount).toBe(profile?.stages[0]?.operations);
    expect(decoded.getValueAtPercentile(99)).toBe(metricIn(measurement, 'latency_p99').value);
    expect(decoded.minNonZeroValue).toBeGreaterThan(1e6);
    expect(profile).toMatchObject({ model: 'closed', shape: 'constant', stages: [{ concurrency: 2 }] });
    for (const { values } of timeline?.series ?? []) expect(values).toHaveLength(timeline?.at.length ?? -1);
  });

  it('counts every failure under its kind and keeps it out of the latencies', async () => {
    let calls = 0;
    const failing = async () => {
      calls += 1;
      await wait(1);
      if (calls % 4 === 0) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
      if (calls % 4 === 1) throw new RangeError('odd');
      // biome-ignore lint/style/useThrowOnlyError: code that throws text is what is tested.
      if (calls % 4 === 2) throw 'text';
    };
    const one = constant({ concurrency: 1, seconds: 0.1 });
    const measurement = await load(failing, one).measure(context());
    const [stage] = measurement.artifacts.load?.stages ?? [];
    expect(stage?.operations).toBe(calls);
    expect(stage?.errors).toEqual({
      EBUSY: Math.floor(calls / 4),
      RangeError: Math.floor((calls + 3) / 4),
      'thrown string': Math.floor((calls + 2) / 4),
    });
    const successes = Math.floor((calls + 1) / 4);
    expect(decodeFromCompressedBase64(measurement.artifacts.histogram?.response ?? '').totalCount).toBe(
      successes,
    );
    expect(metricIn(measurement, 'error_rate').value).toBeCloseTo(1 - successes / calls, 12);
  });

  it('fails, with its counts, when nothing succeeded', async () => {
    const measurement = reread(
      await load(() => Promise.reject(new RangeError('no')), short).measure(context()),
    );
    expect(measurement).toMatchObject({ status: 'failed', error: { code: 'load/nothing-succeeded' } });
    expect(measurement.error?.message).toContain('RangeError');
    expect(metricIn(measurement, 'error_rate').value).toBe(1);
    expect(measurement.metrics.map(({ name }) => name)).not.toContain('latency_p99');
  });

  it('lets timers run under functions that never wait, and does not wait for one after each call', async () => {
    for (const make of [(count: () => void) => count, (count: () => void) => async () => count()]) {
      let calls = 0;
      const callsAt: number[] = [];
      const timer = setInterval(() => callsAt.push(calls), 1);
      const fn = make(() => {
        calls += 1;
      });
      await load(fn, short).measure(context());
      clearInterval(timer);
      const whileItRan = callsAt.filter((at) => at > 0 && at < calls).length;
      expect(whileItRan).toBeGreaterThan(0);
      expect(calls / whileItRan).toBeGreaterThan(20);
    }
  });

  it('counts errors whose fields throw, in both models', async () => {
    const unreadable = () => {
      throw Object.defineProperty(new Error('x'), 'code', {
        get: () => {
          throw new Error('a getter throws');
        },
      });
    };
    for (const shape of [short, arrivals({ rate: 50, seconds: 0.1 })]) {
      const { artifacts } = reread(await load(unreadable, shape).measure(context()));
      const [stage] = artifacts.load?.stages ?? [];
      expect(stage?.operations).toBeGreaterThan(0);
      expect(stage?.errors).toEqual({ unreadable: stage?.operations });
    }
  });

  it('waits for what is in flight at the end, and counts as unfinished what never ends', async () => {
    let calls = 0;
    const hanging = () => {
      calls += 1;
      return calls === 3 ? new Promise(() => undefined) : wait(1);
    };
    const measurement = await load(hanging, short, { drainMs: 20 }).measure(context());
    const [stage] = measurement.artifacts.load?.stages ?? [];
    expect(stage?.errors).toEqual({ unfinished: 1 });
    expect(stage?.operations).toBe(calls);
  });

  it('gives the function what setup made, and clears up also when it is aborted', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    for (const shape of [constant({ concurrency: 3, seconds: 60 }), arrivals({ rate: 100, seconds: 60 })]) {
      const probe = load(({ size }: { size: number }) => wait(size), shape, {
        params: { size: [1, 2] },
        setup: ({ size }) => ({ size }),
        teardown: ({ size }) => log.push(`teardown ${size}`),
      });
      setTimeout(() => controller.abort(), 30);
      const aborted = context({ params: { size: 2 }, signal: controller.signal });
      await expect(probe.measure(aborted)).rejects.toThrow('aborted');
    }
    expect(log).toEqual(['teardown 2', 'teardown 2']);
  });

  it('gives the parameters themselves where there is no setup', async () => {
    const seen = new Set<number>();
    const probe = load(({ size }) => wait(seen.add(size).size), short, { params: { size: [7] } });
    await probe.measure(context({ params: { size: 7 } }));
    expect([...seen]).toEqual([7]);
  });

  it('takes the part of its time that the budget gives it, and no more than the deadline leaves', async () => {
    const lastedOf = async (changes: Parameters<typeof context>[0]) => {
      const probe = load(() => wait(5), constant({ concurrency: 1, seconds: 30 }), { drainMs: 100 });
      const { artifacts, warnings } = await probe.measure(context(changes));
      const [stage] = artifacts.load?.stages ?? [];
      return { planned: stage?.operations ?? 0, codes: warnings.map(({ code }) => code) };
    };
    const shared = await lastedOf({ budget: { timeMs: 1, warmupMs: 0, share: 0.02 } });
    expect(shared.planned).toBeLessThanOrEqual(0.6 / 0.005);
    expect(shared.codes).not.toContain('load/shortened');
    const late = await lastedOf({ deadline: Date.now() + 2300 });
    expect(late.planned).toBeLessThanOrEqual(0.3 / 0.005);
    expect(late.codes).toContain('load/shortened');
  });

  it('keeps time before a deadline for what is in flight, so that none of it becomes an error', async () => {
    for (const shape of [constant({ concurrency: 5, seconds: 30 }), arrivals({ rate: 50, seconds: 30 })]) {
      const deadline = Date.now() + 3500;
      const measurement = await load(() => wait(60), shape).measure(context({ deadline }));
      expect(measurement.warnings.map(({ code }) => code)).toContain('load/shortened');
      expect(measurement.artifacts.load?.stages[0]?.errors).toEqual({});
    }
  });

  it('leaves nothing running when it is aborted or cannot be observed', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const observe = vi.spyOn(PerformanceObserver.prototype, 'observe');
    const disconnect = vi.spyOn(PerformanceObserver.prototype, 'disconnect');
    const before = timers();
    const long = constant({ concurrency: 1, seconds: 60 });
    const noProcess = load(() => wait(5), long, { setup: () => 1, targetPid: () => -1 });
    await expect(noProcess.measure(context())).rejects.toMatchObject({ code: 'monitor/option' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const aborted = load(() => wait(5), long).measure(context({ signal: controller.signal, tell: () => {} }));
    await expect(aborted).rejects.toThrow('aborted');
    expect(observe.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(disconnect.mock.calls.length).toBe(observe.mock.calls.length);
    // The call that was in flight may still wait.
    for (let round = 0; round < 100 && timers() > before; round += 1) await wait(10);
    expect(timers()).toBeLessThanOrEqual(before);
    vi.restoreAllMocks();
  });

  it('asks the runner for as much time as it may need', () => {
    expect(load(() => 1, constant({ concurrency: 1, seconds: 120 })).deadlineMs).toBeGreaterThan(130_000);
    expect(load(() => 1, short, { deadlineMs: 5 }).deadlineMs).toBe(5);
  });

  it('tells how it goes while it goes', async () => {
    const news: ProbeNews[] = [];
    const shape = arrivals({ rate: 50, seconds: 1.2 });
    await load(() => wait(1), shape).measure(context({ tell: (item) => news.push(item) }));
    expect(news.length).toBeGreaterThan(0);
    expect(news[0]?.doing).toMatch(/^50 arrivals a second, \d+ in flight$/);
    expect(news.at(-1)?.figures).toMatchObject({ throughput: { unit: '1/s' }, rss: { unit: 'bytes' } });
  });

  it('hands its thresholds on as limits', async () => {
    const thresholds = { p50Ms: 1, p99Ms: 50, errorRate: 0.01, rate: 900 };
    const { findings } = reread(await load(() => wait(1), short, { thresholds }).measure(context()));
    expect(findings).toEqual([
      { kind: 'limit', metric: 'latency_p50', unit: 'ns', bound: 'at-most', limit: 1e6 },
      { kind: 'limit', metric: 'latency_p99', unit: 'ns', bound: 'at-most', limit: 5e7 },
      { kind: 'limit', metric: 'error_rate', unit: 'ratio', bound: 'at-most', limit: 0.01 },
      { kind: 'limit', metric: 'throughput', unit: '1/s', bound: 'at-least', limit: 900 },
    ]);
  });

  it('warms up without counting it', async () => {
    let calls = 0;
    const fn = () => {
      calls += 1;
      return wait(1);
    };
    const { artifacts } = await load(fn, short, { warmupMs: 50 }).measure(context());
    expect(artifacts.load?.stages[0]?.operations).toBeLessThan(calls);
  });
});

describe('what cannot be a load', () => {
  const nonsense = [0, -1, Number.NaN, Number.POSITIVE_INFINITY];

  it('is refused with a code and a remedy', () => {
    const refused = (make: () => unknown, code: string) => {
      expect(make).toThrow(LoadError);
      expect(make).toThrow(expect.objectContaining({ code, remedy: expect.any(String) }));
    };
    for (const bad of nonsense) {
      refused(() => constant({ concurrency: bad, seconds: 1 }), 'load/option');
      refused(() => constant({ concurrency: 1, seconds: bad }), 'load/option');
      refused(() => arrivals({ rate: bad, seconds: 1 }), 'load/option');
      refused(() => endurance({ rate: bad, seconds: 1 }), 'load/option');
      refused(() => ramp({ from: bad, to: 2, seconds: 1 }), 'load/option');
      refused(() => peak({ from: 1, to: bad, seconds: 1 }), 'load/option');
      refused(() => scale({ concurrency: [bad] }), 'load/option');
      refused(() => stress({ from: 1, step: bad, until: { p99Ms: 1 } }), 'load/option');
      refused(() => stress({ from: 1, step: 1, until: { p99Ms: bad } }), 'load/option');
      refused(() => load(() => 1, short, { thresholds: { p99Ms: bad } }), 'load/option');
      refused(() => load(() => 1, short, { maxInFlight: bad }), 'load/option');
    }
    refused(() => scale({ concurrency: [] }), 'load/option');
    refused(() => scale({ concurrency: [2, 2] }), 'load/option');
    refused(() => stress({ from: 1, step: 1, until: {} }), 'load/option');
    refused(() => stress({ from: 1, to: 1e6, step: 1, until: { p99Ms: 1 } }), 'load/option');
    refused(() => constant({ concurrency: 1.5, seconds: 1 }), 'load/option');
    // @ts-expect-error no such threshold
    refused(() => load(() => 1, short, { thresholds: { p98Ms: 1 } }), 'load/option');
    // @ts-expect-error not a function
    refused(() => load(1), 'load/target');
    // @ts-expect-error not a shape
    refused(() => load(() => 1, 5), 'load/shape');
    refused(() => load(() => 1, { ...short, stages: [] }), 'load/shape');
  });

  it('does nothing before it is measured', () => {
    expect(load(() => expect.unreachable(), constant({ concurrency: 1, seconds: 1 }))).toMatchObject({
      kind: 'load',
      params: {},
    });
  });
});
