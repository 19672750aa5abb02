import fc from 'fast-check';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { ErrorCounts } from '../src/recording/error-counts.js';
import { errorKind } from '../src/recording/error-kind.js';
import {
  encodeHistogram,
  latencyHistogram,
  quantileOf,
  recordMs,
} from '../src/recording/latency-histogram.js';
import { LoadRecorder } from '../src/recording/load-recorder.js';
import { mergedTimeline } from '../src/recording/merged-timeline.js';

describe('the histogram', () => {
  it('gives every quantile to 0.1 %, also after a round trip', () => {
    const times = fc.array(fc.double({ min: 1e-6, max: 3.6e6, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(times, fc.double({ min: 0.001, max: 1, noNaN: true }), (ms, share) => {
        const histogram = latencyHistogram(64);
        for (const time of ms) recordMs(histogram, time);
        const sorted = ms.map((time) => Math.round(time * 1e6)).sort((a, b) => a - b);
        const rank = Math.max(1, Math.ceil(share * ms.length - 1e-9));
        const exact = sorted[rank - 1] ?? Number.NaN;
        const read = quantileOf(histogram, share);
        const decoded = decodeFromCompressedBase64(encodeHistogram(histogram));
        expect(decoded.getValueAtPercentile(share * 100)).toBe(read);
        expect(read).toBeGreaterThanOrEqual(exact * 0.999);
        expect(read).toBeLessThanOrEqual(exact * 1.001 + 1);
      }),
      { numRuns: 50 },
    );
  });

  it('takes what lies outside its range as its ends, and the same memory for everything', () => {
    const histogram = latencyHistogram(64);
    const before = histogram.estimatedFootprintInBytes;
    for (const ms of [-1, 0, 1e9, Number.MAX_VALUE]) recordMs(histogram, ms);
    for (let index = 0; index < 1e5; index += 1) recordMs(histogram, index * 0.37);
    expect(histogram.estimatedFootprintInBytes).toBe(before);
    expect(histogram.totalCount).toBe(4 + 1e5);
    expect(quantileOf(histogram, 1)).toBeGreaterThan(3.59e12);
    expect(quantileOf(latencyHistogram(32), 0.5)).toBeNaN();
  });
});

describe('the recorder', () => {
  it('adds intervals to stages and stages to the whole, losing none', () => {
    const load = new LoadRecorder();
    const first = load.begin();
    first.succeeded(1);
    first.succeeded(2);
    expect(load.takeInterval()).toMatchObject({ successes: 2, failures: 0 });
    first.succeeded(3);
    first.failed('ECONNRESET');
    load.end(first);
    const second = load.begin();
    second.succeeded(100);
    expect(load.takeInterval()).toMatchObject({ successes: 2, failures: 1 });
    expect(load.takeInterval()).toEqual({ successes: 0, failures: 0, p50: null, p99: null });
    second.gaveUp('unfinished', 3);
    load.end(second);
    expect([first.response.totalCount, second.response.totalCount]).toEqual([3, 1]);
    expect([first.operations, second.operations]).toEqual([4, 4]);
    expect(load.response.totalCount).toBe(4);
    expect(load.errors.toRecord()).toEqual({ unfinished: 3, ECONNRESET: 1 });
  });

  it('takes nothing of a stage that has ended', () => {
    const load = new LoadRecorder();
    const stage = load.begin();
    load.end(stage);
    stage.succeeded(1, 1);
    stage.started(1, 1);
    stage.failed('late');
    stage.gaveUp('unfinished', 1);
    expect(load.takeInterval().successes + load.service.totalCount + load.lag.totalCount).toBe(0);
    expect(stage.operations).toBe(0);
  });
});

describe('errors', () => {
  it('are of a kind by code, else by name, and never by message', () => {
    const named = (name: string) => Object.assign(new Error('id 123'), { name });
    const coded = (code: unknown) => Object.assign(new TypeError('id 123'), { code });
    expect(errorKind(coded('ECONNREFUSED'))).toBe('ECONNREFUSED');
    expect(errorKind(coded(20))).toBe('TypeError');
    expect(errorKind(coded(''))).toBe('TypeError');
    expect(errorKind(new RangeError('id 123'))).toBe('RangeError');
    for (const error of [named('TimeoutError'), coded('UND_ERR_HEADERS_TIMEOUT'), coded('ETIMEDOUT')]) {
      expect(errorKind(error)).toBe('timeout');
    }
    expect(errorKind('x'.repeat(1e6))).toBe('thrown string');
    expect(errorKind(undefined)).toBe('thrown undefined');
    expect(errorKind(null)).toBe('thrown null');
    expect(errorKind({})).toBe('thrown object');
    expect(errorKind(coded('x'.repeat(1e6)))).toHaveLength(100);
  });

  it('are unreadable where their own fields throw', () => {
    const fail = () => {
      throw new Error('a getter throws');
    };
    const withGetter = (key: string) => Object.defineProperty(new Error('x'), key, { get: fail });
    expect(errorKind(withGetter('code'))).toBe('unreadable');
    expect(errorKind(withGetter('name'))).toBe('unreadable');
    expect(errorKind(withGetter('message'))).toBe('Error');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(errorKind(proxy)).toBe('unreadable');
  });

  it('keep to a bounded number of kinds, and lose no count', () => {
    const counts = new ErrorCounts();
    counts.add('__proto__', 7);
    for (let index = 0; index < 1000; index += 1) counts.add(`kind ${index}`);
    const record = counts.toRecord();
    expect(Object.keys(record)).toHaveLength(51);
    expect(Object.getOwnPropertyDescriptor(record, '__proto__')?.value).toBe(7);
    expect(Object.values(record).reduce((sum, count) => sum + count, 0)).toBe(1007);
    expect(counts.total).toBe(1007);
  });
});

it('the timeline puts what the monitor saw into the intervals of the load', () => {
  const points = [1100, 1200, 1300].map((at) => ({
    at,
    throughput: 5,
    failures: 1,
    p50: null,
    p99: 7,
    inFlight: 2,
  }));
  const recorded = {
    at: [40e6, 90e6, 150e6, 305e6],
    series: [
      { name: 'cpu', unit: 'ratio', scope: 'process', values: [0.5, 1, null, 0.25] },
      { name: 'eventLoopDelay', unit: 'ns', scope: 'process', values: [9, 4, 3, 2] },
      { name: 'rss', unit: 'bytes', scope: 'target', values: [10, 20, 30, 40] },
    ] as const,
  };
  const timeline = mergedTimeline(
    points,
    { at: recorded.at, series: recorded.series.map((series) => ({ ...series, values: [...series.values] })) },
    900,
    1000,
  );
  expect(timeline.at).toEqual([200e6, 300e6, 400e6]);
  const values = Object.fromEntries(timeline.series.map(({ name, values: all }) => [name, all]));
  expect(values).toMatchObject({
    throughput: [5, 5, 5],
    latency_p50: [null, null, null],
    latency_p99: [7, 7, 7],
    errors: [1, 1, 1],
    concurrency: [2, 2, 2],
    cpu: [0.75, null, 0.25],
    eventLoopDelay: [9, 3, 2],
    rss: [20, 30, 40],
  });
});
