// One process of one tool on one function; prints what it saw as JSON. Both get 300 ms for samples and a full
// collection before them, and neither unrolls.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { functions } from './functions.mjs';

const [tool, name] = process.argv.slice(2);
const TIME_MS = 300;
const startedAt = performance.now();
const seen = tool === 'mitata' ? await withMitata(functions[name]) : await withPerfkit(functions[name]);
const { heapUsed, rss } = process.memoryUsage();
process.stdout.write(JSON.stringify({ ...seen, heapUsed, rss, wall: (performance.now() - startedAt) * 1e6 }));

async function withMitata(fn) {
  const { do_not_optimize, measure } = await import('mitata');
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  let pauses = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.detail.flags) pauses += entry.duration * 1e6;
  });
  observer.observe({ entryTypes: ['gc'] });
  const asynchronous = fn() instanceof Promise;
  const { p50 } = await measure(asynchronous ? fn : () => do_not_optimize(fn()), {
    gc,
    batch_unroll: 1,
    min_cpu_time: TIME_MS * 1e6,
  });
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  return { time: p50, gc: pauses };
}

async function withPerfkit(fn) {
  const { bench } = await import('@perf/bench');
  const measurement = await bench(fn).measure({
    probe: { suite: 'arena', name, kind: 'bench', params: {} },
    processIndex: 0,
    budget: { timeMs: TIME_MS, warmupMs: 500 },
    seed: 1,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
  });
  return {
    time: measurement.metrics.find((metric) => metric.name === 'time').value,
    gc: measurement.resources.gcTime.value,
  };
}
