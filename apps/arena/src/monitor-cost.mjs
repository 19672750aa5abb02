// What does monitor() of @perf/monitor cost the process that it observes, at ten samples a second?
//
//   node src/monitor-cost.mjs [pairs]      default 80 pairs of blocks of half a second: three minutes
//
// A busy process works in blocks with and without the monitor, which alternate in turning order; so does a process that
// does nothing. Before, the monitor runs until V8 has compiled it: that happens once in the life of a process, mostly on
// another thread, and would be most of what is seen. Printed, each with its median and an interval of at least 95 %
// over the pairs:
//
//   one sample    what the monitor itself measured of its samples, in the busy process
//   reported      the same as a share of one core
//   throughput    CPU time for the same work with it over that without it, minus 1
//   beside        share of the CPU time that is not spent in the work, with it less without it: the same question,
//                 without the noise of the work itself
//   idle          share of one core that is used with it, less that without it: waking up is in it
//
// Ends with 1 if the whole interval of "reported", "throughput" or "beside" is above half a percent.
import { setImmediate as loopTurn, setTimeout as sleep } from 'node:timers/promises';
import { monitor } from '@perf/monitor';
import { medianInterval } from '@perf/stats';

const BAR = 0.005;
const judged = ['reported', 'throughput', 'beside'];
const BLOCK_MS = 500;
const WARM_BLOCKS = 20;
/** Numbers mixed between two turns of the event loop: about a millisecond. */
const CHUNK = 400_000;

const pairs = Number(process.argv[2] ?? 80);
const seen = { sample: [], reported: [], throughput: [], beside: [], idle: [] };
let mixed = 1;

for (let block = 0; block < WARM_BLOCKS; block += 1) await observed(work, 10);
for (let pair = 0; pair < pairs; pair += 1) {
  const busy = await both(pair, work);
  const idle = await both(pair, rest);
  seen.sample.push(busy.observed.cost.perSample.mean);
  seen.reported.push(busy.observed.cost.share);
  seen.throughput.push(busy.observed.perNumber / busy.plain.perNumber - 1);
  seen.beside.push(busy.observed.beside - busy.plain.beside);
  seen.idle.push(idle.observed.share - idle.plain.share);
}

console.log(
  `Node ${process.versions.node}, ${pairs} pairs of blocks of ${BLOCK_MS} ms, 10 samples a second\n`,
);
for (const [name, values] of Object.entries(seen)) console.log(line(name, medianInterval(values)));
const above = judged.filter((name) => medianInterval(seen[name]).low > BAR);
const open = judged.filter((name) => !above.includes(name) && medianInterval(seen[name]).high > BAR);
console.log(`\nbar: ${BAR * 100} % of a core`);
if (above.length > 0) console.log(`above it: ${above.join(', ')}`);
if (open.length > 0) console.log(`not decided by so few pairs on so noisy a machine: ${open.join(', ')}`);
process.exitCode = above.length > 0 ? 1 : 0;

/** One block with and one without the monitor. */
async function both(pair, block) {
  const plain = pair % 2 === 0 ? await block() : undefined;
  const withIt = await observed(block, 100);
  return { plain: plain ?? (await block()), observed: withIt };
}

async function observed(block, intervalMs) {
  const observation = monitor({ intervalMs });
  const result = await block();
  const { cost } = await observation.stop();
  return { ...result, cost };
}

/** CPU time of one number mixed [µs], and the share of CPU time beside the mixing. Being switched out is in neither. */
async function work() {
  const until = performance.now() + BLOCK_MS;
  const before = cpuTime();
  let at = before;
  let beside = 0;
  let chunks = 0;
  while (performance.now() < until) {
    for (let index = 0; index < CHUNK; index += 1) mixed = Math.imul(mixed ^ index, 0x9e3779b1);
    const mixedAt = cpuTime();
    await loopTurn();
    at = cpuTime();
    beside += at - mixedAt;
    chunks += 1;
  }
  return { perNumber: (at - before) / (chunks * CHUNK), beside: beside / (at - before) };
}

/** Share of one core that doing nothing takes. */
async function rest() {
  const before = cpuTime();
  const from = performance.now();
  await sleep(BLOCK_MS);
  return { share: (cpuTime() - before) / 1000 / (performance.now() - from) };
}

/** Of this process so far [µs]. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function line(name, { estimate, low, high }) {
  if (name === 'sample')
    return row('one sample', `${micros(estimate)} µs`, `${micros(low)} to ${micros(high)} µs`);
  return row(name, `${percent(estimate)} %`, `${percent(low)} to ${percent(high)} %`);
}

function row(name, estimate, range) {
  return `${name.padEnd(11)}${estimate.padStart(9)}   ${range}`;
}

function micros(ns) {
  return (ns / 1000).toFixed(0);
}

function percent(share) {
  return (share * 100).toFixed(2);
}
