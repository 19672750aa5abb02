import { describe, expect, it } from 'vitest';
import { byProbe, measureFixture, timeOf } from './other-tools.js';

describe('a benchmark file of tinybench', () => {
  it('gives its tasks as probes, sync and async, and prints its tables without figures', async () => {
    const measured = byProbe(await measureFixture('tinybench/joining.bench.ts'));
    expect(Object.keys(measured)).toEqual([
      'joining words › 100 words',
      'joining words › 1000 words',
      'joining words › words that come later',
    ]);
    expect(timeOf(measured['joining words › 1000 words'])).toBeGreaterThan(
      3 * timeOf(measured['joining words › 100 words']),
    );
    expect(timeOf(measured['joining words › words that come later'])).toBeGreaterThan(0);
  });

  it('is stopped where tinybench would run it, with hooks for every call that are not timed', async () => {
    const measured = byProbe(await measureFixture('tinybench/queue.bench.mjs'));
    expect(Object.keys(measured)).toEqual([
      'tinybench/queue.bench.mjs › drain 10',
      'tinybench/queue.bench.mjs › drain 100',
    ]);
    const [few, many] = Object.values(measured).map(timeOf) as [number, number];
    expect(few, 'each beforeEach takes 10 microseconds').toBeLessThan(10_000);
    expect(many, 'later, both queues would be empty').toBeGreaterThan(2 * few);
  });
});

describe('a benchmark file of mitata', () => {
  it('gives its benchmarks as probes, with arguments as parameters and groups as suites', async () => {
    const measured = byProbe(await measureFixture('mitata/lists.bench.mjs'));
    const file = 'mitata/lists.bench.mjs';
    expect(Object.keys(measured).sort()).toEqual(
      [
        `${file} › Array.from($size) {"size":10}`,
        `${file} › Array.from($size) {"size":100}`,
        `${file} › Array.from($size) {"size":1000}`,
        `${file} › a Set`,
        'clearing › $keys keys {"keys":5}',
        'clearing › $keys keys {"keys":50}',
        'clearing › a Map',
        'waiting › $concurrency at once {"concurrency":1}',
        'waiting › $concurrency at once {"concurrency":4}',
      ].sort(),
    );
    const time = (probe: string) => timeOf(measured[probe]);
    expect(time(`${file} › Array.from($size) {"size":1000}`)).toBeGreaterThan(
      3 * time(`${file} › Array.from($size) {"size":10}`),
    );
    expect(time('clearing › $keys keys {"keys":50}')).toBeGreaterThan(
      2 * time('clearing › $keys keys {"keys":5}'),
    );
    expect(time('waiting › $concurrency at once {"concurrency":4}'), 'times are for each call').toBeLessThan(
      time('waiting › $concurrency at once {"concurrency":1}'),
    );
  });
});

describe('a benchmark file of Vitest', () => {
  it('gives its benchmarks as probes, with hooks of the groups around each run before it', async () => {
    const measured = byProbe(await measureFixture('vitest/sorting.bench.ts'));
    expect(Object.keys(measured)).toEqual([
      'vitest/sorting.bench.ts › nothing but a copy',
      'sorting › by value',
      'sorting › ten by value',
      'sorting › up › what is in order',
      'sorting › down › what is in order',
    ]);
    const time = (probe: string) => timeOf(measured[probe]);
    expect(time('sorting › by value')).toBeGreaterThan(3 * time('sorting › ten by value'));
    expect(time('sorting › by value')).toBeGreaterThan(time('sorting › up › what is in order'));
    expect(time('sorting › down › what is in order')).toBeGreaterThan(0);
  });
});
