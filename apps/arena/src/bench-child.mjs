// One process of @perf/bench on one function of functions.mjs; prints its measurement as JSON.
//
//   node src/bench-child.mjs <function> [timeMs]      default 300
import { bench } from '@perf/bench';
import { functions } from './functions.mjs';

const [name, timeMs = '300'] = process.argv.slice(2);
const measurement = await bench(functions[name]).measure({
  probe: { suite: 'arena', name, kind: 'bench', params: {} },
  // The first two processes of a run are profiled as well, which is no part of the figures.
  processIndex: 2,
  budget: { timeMs: Number(timeMs), warmupMs: 500, share: 1 },
  seed: 1,
  deadline: Date.now() + 60_000,
  signal: new AbortController().signal,
});
process.stdout.write(JSON.stringify(measurement));
