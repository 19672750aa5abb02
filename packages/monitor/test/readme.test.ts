import { expect, it } from 'vitest';
import { watch } from '../src/index.js';

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
