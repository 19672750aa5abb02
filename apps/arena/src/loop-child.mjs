// One process of one tool on one function; prints what it saw as JSON. Both warm up in windows of 20 ms until five
// medians in a row lie within 5 % of one another, for at most 500 ms, with batches of half a millisecond; then they
// collect garbage fully and sample for 300 ms. Neither unrolls.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { functions } from './functions.mjs';

const [tool, name] = process.argv.slice(2);
const TIME_MS = 300;
const WARM_UP_MS = 500;
const startedAt = performance.now();
const seen = tool === 'mitata' ? await withMitata(functions[name]) : await withPerfkit(functions[name]);
const { rss } = process.memoryUsage();
process.stdout.write(JSON.stringify({ ...seen, rss, wall: (performance.now() - startedAt) * 1e6 }));

async function withMitata(fn) {
  const { do_not_optimize, measure } = await import('mitata');
  const call = fn() instanceof Promise ? fn : () => do_not_optimize(fn());
  const sampled = async (batch, timeMs, gc) => {
    const forced = { batch_threshold: Number.POSITIVE_INFINITY, warmup_threshold: Number.POSITIVE_INFINITY };
    const options = { ...forced, batch_samples: batch, batch_unroll: 1, warmup_samples: 1, min_samples: 1 };
    return (await measure(call, { ...options, gc, min_cpu_time: timeMs * 1e6 })).p50;
  };
  let batch = 1;
  const medians = [];
  const until = performance.now() + WARM_UP_MS;
  do {
    const median = await sampled(batch, 20, false);
    medians.push(median);
    batch = Math.max(1, 2 ** Math.round(Math.log2(500_000 / Math.max(median, 0.1))));
  } while (performance.now() < until && !steady(medians.slice(-5)));
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const pauses = collectorPauses();
  return { time: await sampled(batch, TIME_MS, false), gc: await pauses() };
}

function steady(medians) {
  return medians.length === 5 && Math.max(...medians) <= Math.min(...medians) * 1.05;
}

function collectorPauses() {
  let total = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) total += duration * 1e6;
  });
  observer.observe({ entryTypes: ['gc'] });
  return async () => {
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    return total;
  };
}

async function withPerfkit(fn) {
  const { bench } = await import('@perf/bench');
  const measurement = await bench(fn).measure({
    probe: { suite: 'arena', name, kind: 'bench', params: {} },
    // The first two processes of a run are profiled as well, which is no part of the loop.
    processIndex: 2,
    budget: { timeMs: TIME_MS, warmupMs: WARM_UP_MS, share: 1 },
    seed: 1,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
  });
  return {
    time: measurement.metrics.find((metric) => metric.name === 'time').value,
    gc: measurement.resources.gcTime.value,
  };
}
