// Which loop measures better: mitata's, or that of @perf/bench? Fresh processes of both alternate on the same functions.
//
//   node src/loop.mjs [processes]      default 10 of each
//
// Printed per function: how far the medians of processes lie apart (coefficient of variation), what the process weighs
// and what the collector did while measuring. Ratios are mitata over perfkit; above 1 perfkit is better.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { functions } from './functions.mjs';

const processes = Number(process.argv[2] ?? 10);
const child = fileURLToPath(new URL('./loop-child.mjs', import.meta.url));
const tools = ['mitata', 'perfkit'];
const seen = Object.fromEntries(Object.keys(functions).map((name) => [name, { mitata: [], perfkit: [] }]));

for (let round = 0; round < processes; round += 1) {
  for (const name of Object.keys(functions)) {
    for (const tool of round % 2 === 0 ? tools : tools.toReversed()) {
      seen[name][tool].push(
        JSON.parse(execFileSync(process.execPath, [child, tool, name], { encoding: 'utf8' })),
      );
    }
  }
}

console.log(`Node ${process.versions.node}, ${processes} processes of each tool per function, interleaved\n`);
console.log('function                    tool      median    CV between    RSS      collector   wall time');
console.log('                                                processes     [MiB]    [ms]        [ms]');
for (const [name, byTool] of Object.entries(seen)) {
  const rows = tools.map((tool) => ({ tool, ...summary(byTool[tool]) }));
  for (const row of rows) {
    const columns = [
      name.padEnd(26),
      row.tool.padEnd(8),
      formatNs(row.median).padStart(9),
      `${(row.cv * 100).toFixed(1)} %`.padStart(11),
      row.rssMiB.toFixed(0).padStart(9),
      row.gcMs.toFixed(1).padStart(10),
      row.wallMs.toFixed(0).padStart(10),
    ];
    console.log(columns.join('  '));
  }
  const [mitata, perfkit] = rows;
  const ratio = (key) => (perfkit[key] === 0 ? 'n/a' : (mitata[key] / perfkit[key]).toFixed(2));
  console.log(
    `${''.padEnd(26)}  ratio     CV ${ratio('cv')}, RSS ${ratio('rssMiB')}, wall time ${ratio('wallMs')}\n`,
  );
}

function summary(results) {
  const times = results.map(({ time }) => time);
  const mean = times.reduce((sum, value) => sum + value, 0) / times.length;
  const variance = times.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (times.length - 1);
  return {
    median: middle(times),
    cv: Math.sqrt(variance) / mean,
    rssMiB: middle(results.map(({ rss }) => rss)) / 2 ** 20,
    gcMs: middle(results.map(({ gc }) => gc)) / 1e6,
    wallMs: middle(results.map(({ wall }) => wall)) / 1e6,
  };
}

function middle(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function formatNs(ns) {
  if (ns < 1000) return `${ns.toPrecision(3)} ns`;
  return `${(ns / 1000).toPrecision(3)} µs`;
}
