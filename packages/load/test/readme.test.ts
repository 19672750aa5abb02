import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { arrivals, http, load, type ServerProcess, scale, serverProcess, suite } from '../src/index.js';
import { context } from './context.js';

const script = fileURLToPath(new URL('fixtures/server.mjs', import.meta.url));

const server = {
  setup: () => serverProcess(script),
  teardown: (running: ServerProcess) => running.close(),
  targetPid: (running: ServerProcess) => running.pid,
};

const orders = suite('orders', {
  'steady traffic': load(http('/ok'), arrivals({ rate: 200, seconds: 20 }), {
    ...server,
    thresholds: { p99Ms: 50, errorRate: 0.01, rate: 190 },
  }),
  scaling: load(http('/ok'), scale({ concurrency: [1, 2, 5, 10], secondsEach: 2 }), server),
  'in this process': load(async () => JSON.parse('{"id":1}')),
});

it('measures what its README shows', async () => {
  const budget = { timeMs: 30, warmupMs: 50, share: 0.02 };
  for (const probe of Object.values(orders.probes)) {
    const { status, metrics } = await probe.measure(context({ budget }));
    expect(status).toBe('ok');
    expect(metrics.find(({ name }) => name === 'error_rate')?.value).toBe(0);
  }
}, 20_000);
