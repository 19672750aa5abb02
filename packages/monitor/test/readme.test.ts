import { expect, it } from 'vitest';
import { monitor, profileCpu, record, watch } from '../src/index.js';

it('does what its README shows', async () => {
  const observation = watch();
  const sorted = Array.from({ length: 100_000 }, (_, index) => -index).sort((a, b) => a - b);
  const resources = await observation.stop();
  expect(sorted).toHaveLength(100_000);
  expect(resources.cpuUser).toMatchObject({ value: expect.any(Number), unit: 'ns', scope: 'process' });
  expect(resources.eventLoopDelayMax).toMatchObject({
    unavailable: 'the event loop did not turn while it was observed',
  });
});

it('monitors as its README shows', async () => {
  const watched = monitor({ intervalMs: 100 });
  for await (const { at, figures } of watched) {
    expect(figures.rss).toBeGreaterThan(1e6);
    expect(figures.throttledTime).toSatisfy(
      (seen) => typeof seen === 'number' || typeof seen.unavailable === 'string',
    );
    if (at > 300e6) break;
  }
  const { figures, cost } = watched.summary();
  expect(figures.heapUsed).toMatchObject({ kind: 'gauge', unit: 'bytes', last: expect.any(Number) });
  expect(figures.cpuUser).toMatchObject({ kind: 'counter', unit: 'ns', rate: { max: expect.any(Number) } });
  expect(cost.share).toBeGreaterThan(0);
});

it('records and profiles as its README shows', async () => {
  const recording = record({ everyMs: 100 });
  const { functions } = await profileCpu(() =>
    new Array(1e5)
      .fill(0)
      .map((_, index) => Math.sin(index))
      .sort(),
  );
  const timeline = recording.stop();
  expect(functions[0]).toMatchObject({ function: expect.any(String), self: expect.any(Number) });
  expect(timeline.series.map(({ name }) => name)).toEqual([
    'cpu',
    'rss',
    'heapUsed',
    'external',
    'eventLoopDelay',
  ]);
});
