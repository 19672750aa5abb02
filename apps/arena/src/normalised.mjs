// How far apart lie the processes of unchanged code, minutes apart, with and without the reference kernel?
//
//   node src/normalised.mjs [processes] [pauseMs] [--busy]      default 15 of each function, 200 ms apart
//
// The functions take turns, so that the processes of each are spread over the whole time. With --busy as many programs
// as there are cores come and go meanwhile, half of the time each, so that the machine is another one for each process.
// Printed: the coefficient of variation of `time`, and of `time_normalised`, which is what a stored baseline is held
// against. The bar is 5 % for the median of the functions and 8 % for the worst.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jsonFrom, metricOf, middle, percent, variation } from './child-runs.mjs';
import { functions } from './functions.mjs';

const args = process.argv.slice(2);
const numbers = args.filter((arg) => !arg.startsWith('--')).map(Number);
const [processes = 15, pauseMs = 200] = numbers;
const busy = args.includes('--busy');
const names = Object.keys(functions);
const seen = new Map(names.map((name) => [name, []]));
const neighbours = busy ? Array.from({ length: availableParallelism() }, startNeighbour) : [];

try {
  for (let round = 0; round < processes; round += 1) {
    for (const name of names) seen.get(name).push(jsonFrom('./bench-child.mjs', name));
    await sleep(pauseMs);
  }
} finally {
  for (const neighbour of neighbours) neighbour.kill();
}

console.log(
  `Node ${process.versions.node}, ${processes} processes of each function${busy ? ', machine kept busy' : ''}\n`,
);
console.log('function                        time    CV of time   CV normalised   CV of the reference');
const rows = [...seen].map(([name, measurements]) => {
  const of = (metric) => measurements.map((measurement) => metricOf(measurement, metric));
  const row = { raw: variation(of('time')), normalised: variation(of('time_normalised')) };
  console.log(
    [
      name.padEnd(26),
      `${middle(of('time')).toPrecision(4)} ns`.padStart(12),
      percent(row.raw).padStart(11),
      percent(row.normalised).padStart(15),
      percent(variation(of('reference'))).padStart(19),
    ].join(' '),
  );
  return row;
});
for (const [label, key] of [
  ['raw', 'raw'],
  ['normalised', 'normalised'],
]) {
  const values = rows.map((row) => row[key]);
  console.log(`${label.padEnd(11)} median ${percent(middle(values))}, worst ${percent(Math.max(...values))}`);
}

function startNeighbour() {
  return spawn(process.execPath, [fileURLToPath(new URL('./neighbour.mjs', import.meta.url))], {
    stdio: 'ignore',
  });
}
