import { paramPoints } from '@perf/schema';
import { expect, it } from 'vitest';
import { bench, suite } from '../src/index.js';
import { context } from './context.js';

const numbers = (size: number) => Array.from({ length: size }, (_, index) => (index * 7919) % 1009);

const sorting = suite('sorting', {
  sort: bench((input: number[]) => input.slice().sort((a, b) => a - b), {
    params: { size: [10, 1000] },
    setup: ({ size }) => numbers(size),
  }),
  'resolved promise': bench(async () => 1, { concurrency: 10 }),
});

it('measures what its README shows, at every point', async () => {
  for (const probe of Object.values(sorting.probes)) {
    for (const params of paramPoints(probe.params)) {
      expect(await probe.measure(context(params))).toMatchObject({ status: 'ok', probe: { params } });
    }
  }
});
