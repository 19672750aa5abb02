// One reading of a function that counts its calls, by one tool, in a process of its own. Prints nanoseconds as JSON.
import { performance } from 'node:perf_hooks';

const [tool] = process.argv.slice(2);
let calls = 0;
const count = () => {
  calls += 1;
};
const TIME_MS = 200;

const tools = {
  'one call a round, by hand': () => byHand(loopOfAnything()),
  'inlined loop, by hand': () => byHand(new Function('fn', 'rounds', LOOP)),
  perfkit: withPerfkit,
  'mitata, unroll 1': () => withMitata({ batch_unroll: 1 }),
  'mitata, as it comes': () => withMitata({}),
  'mitata, unroll 16': () => withMitata({ batch_unroll: 16 }),
  tinybench: withTinybench,
};
const LOOP = 'for (let round = 0; round < rounds; round += 1) fn();';
process.stdout.write(JSON.stringify({ time: await tools[tool](), calls }));

/** A loop that V8 knows three functions of, so that it makes a call in every round. */
function loopOfAnything() {
  const loop = new Function('fn', 'rounds', LOOP);
  for (let round = 0; round < 1000; round += 1) {
    loop(() => round, 2);
    loop(() => [round], 2);
  }
  return loop;
}

function byHand(loop) {
  const ROUNDS = 100_000;
  const times = [];
  for (const until = performance.now() + 2 * TIME_MS; performance.now() < until; ) {
    const from = performance.now();
    loop(count, ROUNDS);
    times.push(((performance.now() - from) * 1e6) / ROUNDS);
  }
  return middle(times.slice(times.length >> 1));
}

async function withPerfkit() {
  const { bench } = await import('@perf/bench');
  const { metrics } = await bench(count).measure({
    probe: { suite: 'arena', name: 'counter', kind: 'bench', params: {} },
    processIndex: 2,
    budget: { timeMs: TIME_MS, warmupMs: 500, share: 1 },
    seed: 1,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
  });
  return metrics.find(({ name }) => name === 'time').value;
}

async function withMitata(options) {
  const { measure } = await import('mitata');
  return (await measure(count, { min_cpu_time: TIME_MS * 1e6, ...options })).p50;
}

async function withTinybench() {
  const { Bench } = await import('tinybench');
  const bench = new Bench({ time: TIME_MS, warmupTime: 100 });
  bench.add('counter', count);
  await bench.run();
  return bench.tasks[0].result.latency.p50 * 1e6;
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
