import { EventEmitter } from 'node:events';
import { paramPoints } from '@perf/schema';
import { expect, it } from 'vitest';
import { leak, memory, suite } from '../src/index.js';
import { context } from './context.js';

const bus = new EventEmitter();

const busSuite = suite('bus', {
  'subscribing leaves nothing behind': leak(() => {
    const listener = () => undefined;
    bus.on('message', listener);
    bus.off('message', listener);
  }),
  'memory of a message': memory((size: number) => new Array(size).fill('message'), {
    params: { size: [10, 1000] },
    setup: ({ size }) => size,
  }),
});

it('measures what its README shows, at every point', async () => {
  for (const probe of Object.values(busSuite.probes)) {
    for (const params of paramPoints(probe.params)) {
      expect(await probe.measure(context(params))).toMatchObject({ status: 'ok', probe: { params } });
    }
  }
});
