// Does `perfkit compare` keep quiet about the same code, and does it find a few percent, on a busy machine?
//
//   node src/a-a.mjs [--rounds N] [--slower 3,5] [--budget MS] [--change-budget MS] [--threshold P] [--rivals N] [--quiet]
//
// A program that never stops keeps one CPU busy all the while, unless --quiet is given. In each round the five functions
// are compared with themselves within --budget a series (1,100 ms: 1.3 s with all around it), and with copies that do
// so many percent more work within --change-budget (10 s, as is the default); what the probes execute is not compared
// (--no-reach), which would take 0.4 s more each. With --rivals N, mitata, tinybench and vitest bench measure the same
// functions in N pairs of processes, one after the other as their users do.
// Ends with 1 if a bar is missed: over 2 % in at most 2 % of the comparisons of the same code, a verdict of a change in
// at most 1 %, 1.3 s a comparison, an interval without 1 in at most 6 %; 5 % found in at least 95 %, 3 % in at least 80 %.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { callsOf, fiveFunctions, moduleOf } from './five-functions.mjs';
import { rivalTimes } from './rival-times.mjs';

const perfkit = fileURLToPath(new URL('../../perfkit/bin/perfkit.mjs', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    slower: { type: 'string', default: '3,5' },
    budget: { type: 'string', default: '1100' },
    'change-budget': { type: 'string', default: '10000' },
    threshold: { type: 'string', default: '1%' },
    rivals: { type: 'string', default: '0' },
    quiet: { type: 'boolean', default: false },
  },
});
const names = Object.keys(fiveFunctions);
const work = mkdtempSync(fileURLToPath(new URL('../a-a-', import.meta.url)));
const burner = values.quiet ? undefined : spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
const missed = [];
try {
  const percents = values.slower.split(',').filter(Boolean).map(Number);
  for (const [folder, timesOf] of [
    ['a', () => 1],
    ['same', () => 1],
    ...percents.flatMap((p) => [
      [`fewer${p}`, (name) => callsOf(name, p).fewer],
      [`more${p}`, (name) => callsOf(name, p).more],
    ]),
  ]) {
    mkdirSync(join(work, folder));
    writeFileSync(join(work, folder, 'functions.mjs'), moduleOf(timesOf));
    writeFileSync(
      join(work, folder, 'five.perf.mjs'),
      `import { bench, suite } from '@perf/bench';\nimport { functions } from './functions.mjs';\nexport default suite('five', Object.fromEntries(Object.entries(functions).map(([name, fn]) => [name, bench(fn)])));\n`,
    );
  }
  writeFileSync(join(work, 'perf.config.yaml'), `threshold: ${values.threshold}\n`);
  report('the same code', compared('a', 'same', Number(values.rounds), values.budget), { same: true });
  for (const percent of percents) {
    const sides = [`fewer${percent}`, `more${percent}`];
    const found = compared(...sides, Number(values.rounds), values['change-budget']);
    report(`${percent} % more work`, found, { percent });
  }
  if (Number(values.rivals) > 0) rivals(Number(values.rivals));
} finally {
  burner?.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}
console.log(missed.length === 0 ? '\nEvery bar is met.' : `\nMissed: ${missed.join('; ')}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

function compared(a, b, rounds, budget) {
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    const flags = ['--json', '--no-html', '--no-reach', '--budget', `${budget}ms`, '--fail-on', 'never'];
    const { stdout, stderr, status } = spawnSync(process.execPath, [perfkit, 'compare', a, b, ...flags], {
      cwd: work,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`perfkit compare ended with ${status}: ${stderr}`);
    const wallMs = (performance.now() - from) / names.length;
    const { comparisons } = JSON.parse(stdout);
    found.push(...comparisons.filter(({ metric }) => metric === 'time').map((one) => ({ ...one, wallMs })));
  }
  return found;
}

function report(title, found, { same = false, percent }) {
  console.log(`\n${title}: ${found.length} comparisons, threshold ${values.threshold}, load ${loadNow()}`);
  console.log(
    'function                    over 2 %  regressed  improved  equivalent  undecided  excludes 1  misses truth  median |change|  pairs  s each',
  );
  for (const name of [...names, undefined]) {
    const rows = found.filter(({ probe }) => name === undefined || probe.name === name);
    const truthOf = ({ probe }) =>
      same ? 1 : callsOf(probe.name, percent).more / callsOf(probe.name, percent).fewer;
    const share = (test) => `${((rows.filter(test).length / rows.length) * 100).toFixed(1)} %`;
    console.log(
      [
        (name ?? 'all').padEnd(26),
        share((one) => Math.abs(one.ratio / truthOf(one) - 1) > 0.02).padStart(9),
        ...['regressed', 'improved', 'equivalent', 'undecided'].map((verdict) =>
          share((one) => one.verdict === verdict).padStart(10),
        ),
        share(({ low, high }) => low > 1 || high < 1).padStart(10),
        share((one) => one.low > truthOf(one) || one.high < truthOf(one)).padStart(12),
        `${(median(rows.map((one) => Math.abs(one.ratio / truthOf(one) - 1))) * 100).toFixed(2)} %`.padStart(
          15,
        ),
        median(rows.map(({ pairs = [] }) => pairs.length))
          .toFixed(0)
          .padStart(6),
        (median(rows.map(({ wallMs }) => wallMs)) / 1000).toFixed(2).padStart(6),
      ].join(' '),
    );
  }
  const rate = (test) => found.filter(test).length / found.length;
  if (same) {
    const seconds = median(found.map(({ wallMs }) => wallMs)) / 1000;
    bar(seconds <= 1.3, `a comparison took ${seconds.toFixed(2)} s, not 1.3`);
    bar(
      rate(({ ratio }) => Math.abs(ratio - 1) > 0.02) <= 0.02,
      'more than 2 % of the same code read over 2 % apart',
    );
    bar(
      rate(({ verdict }) => verdict === 'regressed' || verdict === 'improved') <= 0.01,
      'a change was called in more than 1 % of the same code',
    );
    bar(
      rate(({ low, high }) => low > 1 || high < 1) <= 0.06,
      'the interval left 1 out in more than 6 % of the same code',
    );
  } else {
    const wanted = percent >= 5 ? 0.95 : 0.8;
    const called = rate(({ verdict }) => verdict === 'regressed');
    bar(
      called >= wanted,
      `${percent} % more work was called in ${(called * 100).toFixed(0)} %, not ${wanted * 100} %`,
    );
  }
}

function bar(met, what) {
  if (!met) missed.push(what);
}

function rivals(pairs) {
  console.log(`\nThe same code, two processes one after the other, ${pairs} pairs of each function:`);
  for (const tool of ['mitata', 'tinybench', 'vitest bench']) {
    const changes = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const [a, b] = [rivalTimes(tool, work), rivalTimes(tool, work)];
      for (const name of names) changes.push(Math.abs(b[name] / a[name] - 1));
    }
    const over = changes.filter((change) => change > 0.02).length / changes.length;
    console.log(
      `  ${tool.padEnd(14)} over 2 % in ${(over * 100).toFixed(0)} %, median change ${(median(changes) * 100).toFixed(1)} %`,
    );
  }
}

function loadNow() {
  return spawnSync('cat', ['/proc/loadavg'], { encoding: 'utf8' }).stdout.split(' ')[0];
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
