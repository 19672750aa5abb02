// How one tool measured JSON.parse of 2 KB: the operations in each sample, the number of samples, and the reading.
// Prints JSON.
import { functions } from './functions.mjs';

const parse = functions['JSON.parse of 2 KB'];
const TIME_MS = 200;

const tools = { mitata: withMitata, perfkit: withPerfkit };
process.stdout.write(JSON.stringify(await tools[process.argv[2]]()));

async function withMitata() {
  const { measure } = await import('mitata');
  const { p50, samples, ticks } = await measure(parse, { min_cpu_time: TIME_MS * 1e6 });
  return { time: p50, samples: samples.length, batch: Math.round(ticks / samples.length) };
}

async function withPerfkit() {
  const { bench } = await import('@perf/bench');
  const { metrics } = await bench(parse).measure({
    probe: { suite: 'arena', name: 'parse', kind: 'bench', params: {} },
    processIndex: 2,
    budget: { timeMs: TIME_MS, warmupMs: 500, share: 1 },
    seed: 1,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
  });
  const { value, samples, batch } = metrics.find(({ name }) => name === 'time');
  return { time: value, samples: samples.length, batch };
}
