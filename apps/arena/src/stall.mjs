// Who notices that a server stalls? A real one, in a process of its own, is blocked 200 ms every 2 s and gets 1,000
// requests a second: from perfkit's open model, and from autocannon.
//
//   node src/stall.mjs [seconds]      default 20 for each of the generators
//
// The truth comes from the server: it notes when its event loop was blocked, on purpose or for want of a core, and a
// request that is due at any time t waits until the end of the block that t falls into, or not at all. Its quantiles over
// requests due every millisecond are exact up to the time that single answers take (some 0.1 ms), which is not counted.
// Without a look at the server: a tenth of the requests wait, uniformly up to 200 ms, so p99 = 180 ms.
//
// Ends with 1 if the p99 of perfkit is more than 10 % off.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { arrivals, http, load } from '@perf/load';
import autocannon from 'autocannon';

const RATE = 1000;
const CONNECTIONS = 100;
const TOLERANCE = 0.1;
const seconds = Number(process.argv[2] ?? 20);
const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

const server = fork(fileURLToPath(new URL('./stall-server.mjs', import.meta.url)), [], { execArgv: [] });
const answer = (key) =>
  new Promise((resolve) => {
    const look = (message) => {
      if (!(key in message)) return;
      server.off('message', look);
      resolve(message[key]);
    };
    server.on('message', look);
  });
const url = await answer('url');
const rows = [];
try {
  await row('perfkit, open model', perfkit);
  await row('autocannon, overallRate', () => cannon({ overallRate: RATE }));
  await row('autocannon, overallRate, uncorrected', () =>
    cannon({ overallRate: RATE, ignoreCoordinatedOmission: true }),
  );
  await row('autocannon, 10 connections, no rate', () => cannon({ connections: 10 }));
} finally {
  server.kill();
}

console.log(
  `Node ${process.versions.node}, ${seconds} s each; latencies in ms, p99 over its truth in brackets\n`,
);
console.log('                                         requests      p50      p90      p99      max');
for (const { name, truth, seen } of rows) {
  console.log(line(name, seen, `  (${(seen.p99 / truth.p99).toFixed(3)})`));
  console.log(line('  truth in the same seconds', truth));
}
const off = Math.abs(rows[0].seen.p99 / rows[0].truth.p99 - 1);
console.log(`\nperfkit's p99 is ${(off * 100).toFixed(1)} % off`);
process.exitCode = off > TOLERANCE ? 1 : 0;

async function row(name, measure) {
  const { from, to, ...seen } = await measure();
  const blocks = answer('blocks');
  server.send('blocks');
  rows.push({ name, seen, truth: truthOf(await blocks, from, to) });
}

async function perfkit() {
  const context = {
    probe: { suite: 'arena', name: 'stall', kind: 'load', params: {} },
    processIndex: 0,
    budget: { timeMs: 1000, warmupMs: 1000, share: 1 },
    seed: 1,
    deadline: Date.now() + seconds * 1000 + 60_000,
    signal: new AbortController().signal,
  };
  const began = monotonicMs();
  const measurement = await load(http(url), arrivals({ rate: RATE, seconds })).measure(context);
  const [stage] = measurement.artifacts.load.stages;
  for (const { code, message } of measurement.warnings) console.log(`${code}: ${message}`);
  const { p50, p90, p99, max } = stage.latency;
  const [a, b, c, d] = [p50, p90, p99, max].map((ns) => ns / 1e6);
  return {
    from: began + stage.from / 1e6,
    to: began + stage.from / 1e6 + seconds * 1000,
    requests: stage.operations,
    p50: a,
    p90: b,
    p99: c,
    max: d,
  };
}

async function cannon(options) {
  const from = monotonicMs();
  const { latency, requests } = await autocannon({
    url,
    duration: seconds,
    connections: CONNECTIONS,
    ...options,
  });
  const { p50, p90, p99, max } = latency;
  return { from, to: from + seconds * 1000, requests: requests.total, p50, p90, p99, max };
}

function truthOf(blocks, from, to) {
  const waits = [];
  for (let due = from; due < to; due += 1000 / RATE) {
    const block = blocks.find(([start, end]) => start <= due && due < end);
    waits.push(block === undefined ? 0 : block[1] - due);
  }
  waits.sort((a, b) => a - b);
  const at = (share) => waits[Math.ceil(share * waits.length) - 1];
  return { requests: waits.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

function line(name, { requests, p50, p90, p99, max }, note = '') {
  const columns = [p50, p90, p99, max].map((ms) => ms.toFixed(2).padStart(8)).join(' ');
  return `${name.padEnd(38)}  ${String(requests).padStart(8)} ${columns}${note}`;
}
