// What do the profilers of `perfkit run --profiling` cost? Fresh processes profile the five functions, as the command
// does, and each gives the median of its pairs of blocks with and without a profiler.
//
//   node src/profiling-cost.mjs [processes]      default 5 for each function
//
// Printed per function: the median over the processes, with the least and the greatest of them, and how many times as
// long a call takes without inlining, under which functions are told apart. The bar for the overhead is 10 %.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bench } from '@perf/bench';
import { functions } from './functions.mjs';

const self = fileURLToPath(import.meta.url);
if (process.argv[2] === 'child') await profileHere(process.argv[3]);
else report(Number(process.argv[2] ?? 5));

async function profileHere(name) {
  const { cpu, heap, apart } = await bench(functions[name]).profile({
    probe: { suite: 'arena', name, kind: 'bench', params: {} },
    processIndex: 2,
    budget: { timeMs: 300, warmupMs: 500, share: 1 },
    seed: 1,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
  });
  process.stdout.write(JSON.stringify({ cpu: cpu.overhead?.estimate, heap: heap.overhead?.estimate, apart }));
}

function report(processes) {
  console.log(`Node ${process.versions.node}, ${processes} processes for each function\n`);
  console.log('function                   CPU profile               heap profile              not inlined');
  for (const name of Object.keys(functions)) {
    const seen = Array.from({ length: processes }, () =>
      JSON.parse(execFileSync(process.execPath, [self, 'child', name], { encoding: 'utf8' })),
    );
    const [cpu, heap] = ['cpu', 'heap'].map((part) => shares(seen.map((one) => one[part])));
    const times = middle(seen.map(({ apart }) => apart)).toFixed(1);
    console.log(`${name.padEnd(25)}  ${cpu.padEnd(24)}  ${heap.padEnd(24)}  ${times} times`);
  }
}

function shares(values) {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return 'allocates nothing';
  return `${percent(middle(known))} (${percent(Math.min(...known))} to ${percent(Math.max(...known))})`;
}

function middle(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function percent(ratio) {
  return `${(ratio * 100).toFixed(1)} %`;
}
