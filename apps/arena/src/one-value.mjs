// How often is one new value called a change when nothing changed, and how often is it found when it did?
//
//   node src/one-value.mjs [--chance PERCENT]
//
// For each value after the first ten of each series of gha-unchanged, from PERFKIT_DATA (by default ../shared/data beside
// this repository): as it is, 20 % worse and 50 % worse, held against what came before it. Beside `expectedNext` of
// @perf/stats: Student's test on the 64 values before (as Bencher does), and a limit over the previous value alone (as
// github-action-benchmark does), each at the bound named. The code that these series measure did not change; the machines
// and toolchains below it did.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { expectedNext } from '@perf/stats';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const file = join(
  process.env.PERFKIT_DATA ?? join(repository, '..', 'shared', 'data'),
  'history/gha-unchanged/series.json',
);
const { values: flags } = parseArgs({ options: { chance: { type: 'string', default: '0.2' } } });
const chance = Number(flags.chance) / 100;
if (!existsSync(file)) {
  console.error(`There is no ${file}. Set PERFKIT_DATA to the folder that holds history/gha-unchanged.`);
  process.exit(2);
}
const FIRST = 10;
const series = JSON.parse(readFileSync(file, 'utf8')).series.map(({ name, biggerIsBetter, points }) => ({
  name,
  // So that more is worse.
  values: points.map(({ value }) => (biggerIsBetter ? 1e9 / value : value)),
}));
const limits = {
  [`expectedNext, ${flags.chance} % a side`]: (past) =>
    expectedNext(past, { confidence: 1 - 2 * chance })?.high ?? Number.POSITIVE_INFINITY,
  "Student's test on 64 values, 0.5 %": (past) => student(past.slice(-64), 2.657),
  "Student's test on 64 values, 1 %": (past) => student(past.slice(-64), 2.387),
  'the previous value, 150 %': (past) => past.at(-1) * 1.5,
  'the previous value, 200 %': (past) => past.at(-1) * 2,
};

const count = series.reduce((sum, { values }) => sum + values.length - FIRST, 0);
console.log(`${count} values of ${series.length} series\n`);
console.log(`${''.padEnd(38)}   false  +20 % found  +50 % found`);
let missed = false;
for (const [name, limitOf] of Object.entries(limits)) {
  const called = [1, 1.2, 1.5].map(() => 0);
  for (const { values } of series) {
    for (let at = FIRST; at < values.length; at += 1) {
      const limit = limitOf(values.slice(Math.max(0, at - 300), at));
      for (const [i, size] of [1, 1.2, 1.5].entries()) if (values[at] * size > limit) called[i] += 1;
    }
  }
  const [wrong, some, much] = called.map((calls) => (100 * calls) / count);
  console.log(
    `${name.padEnd(38)}${`${wrong.toFixed(2)} %`.padStart(8)}${`${some.toFixed(0)} %`.padStart(13)}${`${much.toFixed(0)} %`.padStart(13)}`,
  );
  if (name.startsWith('expectedNext')) missed = wrong > 0.5 || some < 60 || much < 95;
}
console.log(
  '\ncited, all 28 series: Bencher finds 43 % of +20 % at 0.6 % false\nbars: at most 0.5 % false, 60 % of +20 % and 95 % of +50 % found',
);
process.exitCode = missed ? 1 : 0;

function student(past, quantile) {
  const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
  const squares = past.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean + quantile * Math.sqrt(squares / (past.length - 1));
}
