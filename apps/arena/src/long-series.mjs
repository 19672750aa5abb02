// How long does it take to find the changes of a long series, and to add one more value to it?
//
//   node src/long-series.mjs [--runs N]
//
// Series of independent noise with 3 % spread and 20 steps of 5 % up and down, in a process of its own for each size,
// whose first call is what counts: nothing is compiled beforehand. Then `appended` of @perf/stats, value by value, near
// the beginning of such a series and after 100,000 values of it. Ends with 1 if 10,000 values take more than 300 ms, or if
// a value costs more than half as much again at the end as near the beginning (both medians of the runs).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appended, changePoints, emptySeries, seededRandom } from '@perf/stats';

const { values: flags } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, one: { type: 'string' }, grow: { type: 'string' } },
});
if (flags.one !== undefined) {
  const series = seriesOf(Number(flags.one));
  const from = performance.now();
  const found = changePoints(series).changePoints.length;
  console.log(JSON.stringify({ ms: performance.now() - from, found }));
} else if (flags.grow !== undefined) {
  const count = 1000;
  let series = { ...emptySeries, count: Number(flags.grow) };
  const values = seriesOf(2 * count);
  for (const value of values.slice(0, count)) series = appended(series, value);
  const from = performance.now();
  for (const value of values.slice(count)) series = appended(series, value);
  console.log(JSON.stringify({ ms: (performance.now() - from) / count }));
} else {
  const runs = Number(flags.runs);
  console.log(`${runs} processes each: median (least to most)\n`);
  const bars = [];
  for (const size of [1_000, 10_000, 100_000]) {
    const told = Array.from({ length: runs }, () => child('--one', size));
    const ms = told.map((one) => one.ms);
    console.log(
      `${String(size).padStart(7)} values, 20 changes   ${spread(ms, 0)} ms, ${told[0].found} found`,
    );
    if (size === 10_000 && median(ms) > 300) bars.push('10,000 values take more than 300 ms');
  }
  const early = Array.from({ length: runs }, () => child('--grow', 0).ms);
  const late = Array.from({ length: runs }, () => child('--grow', 100_000).ms);
  console.log(`\none more value, after 1,000    ${spread(early, 1)} ms`);
  console.log(`one more value, after 101,000  ${spread(late, 1)} ms`);
  if (median(late) > 1.5 * median(early)) bars.push('a value costs more in a long series');
  console.log(bars.length === 0 ? '\nEvery bar is met.' : `\nMissed: ${bars.join('; ')}.`);
  process.exitCode = bars.length === 0 ? 0 : 1;
}

function child(flag, value) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), flag, String(value)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function seriesOf(count) {
  const random = seededRandom(7);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const length = count / 21;
  return Array.from(
    { length: count },
    (_, i) => 100 * 1.05 ** (Math.floor(i / length) % 2) * (1 + 0.03 * normal()),
  );
}

function spread(values, digits) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits).padStart(6)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length / 2) - 1] + sorted[Math.floor(sorted.length / 2)]) / 2;
}
