// Measures one function with one tool for so long, and prints how long that took [ms] and how many samples it kept.
import { performance } from 'node:perf_hooks';
import { functions } from './functions.mjs';

const [tool, name, timeMs, warmupMs] = process.argv.slice(2);
const asked = { timeMs: Number(timeMs), warmupMs: Number(warmupMs) };
const tools = { perfkit: withPerfkit, mitata: withMitata, tinybench: withTinybench };
const measure = await tools[tool](functions[name]);
const from = performance.now();
const samples = await measure();
process.stdout.write(JSON.stringify({ elapsed: performance.now() - from, samples }));

async function withPerfkit(fn) {
  const { bench } = await import('@perf/bench');
  const context = {
    probe: { suite: 'arena', name, kind: 'bench', params: {} },
    processIndex: 2,
    budget: { ...asked, share: 1 },
    seed: 1,
    deadline: Date.now() + 120_000,
    signal: new AbortController().signal,
  };
  return async () => {
    const { metrics } = await bench(fn).measure(context);
    return metrics.find((metric) => metric.name === 'time').samples.length;
  };
}

async function withMitata(fn) {
  const { do_not_optimize, measure } = await import('mitata');
  const call = fn() instanceof Promise ? fn : () => do_not_optimize(fn());
  return async () => (await measure(call, { min_cpu_time: asked.timeMs * 1e6 })).samples.length;
}

async function withTinybench(fn) {
  const { Bench } = await import('tinybench');
  const bench = new Bench({ time: asked.timeMs, warmupTime: asked.warmupMs, retainSamples: true });
  bench.add(name, fn);
  return async () => {
    await bench.run();
    return bench.tasks[0].result.latency.samples?.length ?? 0;
  };
}
