// Does `perfkit compare` give the right verdict on published versions of npm packages whose difference is known?
//
//   node src/pairs.mjs [--repeats N] [--self N] [--budget MS] [--threshold P] [case …]
//
// Without cases: all of them. The right verdict of a change is its direction, of a version pair that differs only where
// the measured path never goes, no change. With --self N each case's version a is compared with itself N times as well.
// Beside each estimate stands the truth that the data names, which was measured on another machine: whether the two
// intervals meet is counted apart from the verdicts. The cases come from PERFKIT_DATA, by default ../shared/data beside
// this repository; npm installs their versions into a temporary folder. Ends with 1 if a verdict is wrong.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const data = process.env.PERFKIT_DATA ?? join(repository, '..', 'shared', 'data');
const perfkit = join(repository, 'apps', 'perfkit', 'bin', 'perfkit.mjs');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: 'string', default: '1' },
    self: { type: 'string', default: '0' },
    budget: { type: 'string', default: '10000' },
    threshold: { type: 'string', default: '5%' },
  },
});
if (!existsSync(join(data, 'pairs', 'truth.json'))) {
  console.error(`There are no pairs at ${data}. Set PERFKIT_DATA to the folder that holds pairs/truth.json.`);
  process.exit(2);
}
/** The metric of perfkit that a metric of the data is about. */
const metrics = { time: 'time', alloc: 'heap' };
const truths = JSON.parse(readFileSync(join(data, 'pairs', 'truth.json'), 'utf8')).filter(({ metric }) =>
  Object.hasOwn(metrics, metric),
);
const cases = positionals.length > 0 ? positionals : [...new Set(truths.map((truth) => truth.case))];
const work = mkdtempSync(join(tmpdir(), 'perfkit-pairs-'));
const counts = { right: 0, undecided: 0, wrong: 0, meet: 0, all: 0 };
try {
  for (const name of cases) {
    const folder = prepare(name);
    for (let repeat = 0; repeat < Number(values.repeats); repeat += 1) {
      const compared = compare(folder, 'a', 'b');
      for (const truth of truths.filter((entry) => entry.case === name)) {
        const wanted = truth.kind === 'null' ? 'no change' : truth.ratio > 1 ? 'regressed' : 'improved';
        report(`${name}, ${truth.metric}`, truth, wanted, compared[metrics[truth.metric]]);
      }
    }
    for (let round = 0; round < Number(values.self); round += 1) {
      report(`${name} with itself`, undefined, 'no change', compare(folder, 'a', 'same').time);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(
  `\n${counts.right} of ${counts.all} verdicts right, ${counts.undecided} of the changes undecided, ${counts.wrong} wrong; ` +
    `${counts.meet} intervals meet the truth's.`,
);
process.exitCode = counts.wrong + counts.undecided === 0 ? 0 : 1;

/** Folders a, b and same (a once more) over one installation of both versions. */
function prepare(name) {
  const folder = join(work, name);
  cpSync(join(data, 'pairs', name), folder, { recursive: true });
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: folder, stdio: 'inherit' });
  for (const [variant, module] of Object.entries({ a: 'a.mjs', b: 'b.mjs', same: 'a.mjs' })) {
    mkdirSync(join(folder, variant));
    cpSync(join(folder, module), join(folder, variant, 'workload.mjs'));
    writeFileSync(
      join(folder, variant, 'pair.perf.mjs'),
      `import { bench, suite } from '@perf/bench';\nimport run from './workload.mjs';\nexport default suite('pair', { '${name}': bench(() => run()) });\n`,
    );
  }
  writeFileSync(join(folder, 'perf.config.yaml'), `threshold: ${values.threshold}\n`);
  return folder;
}

function compare(folder, a, b) {
  const from = performance.now();
  const args = [
    perfkit,
    'compare',
    a,
    b,
    '--json',
    '--no-html',
    '--no-reach',
    '--budget',
    `${values.budget}ms`,
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`perfkit compare ended with ${status}: ${stderr}`);
  const seconds = (performance.now() - from) / 1000;
  return Object.fromEntries(JSON.parse(stdout).comparisons.map((one) => [one.metric, { ...one, seconds }]));
}

function report(name, truth, wanted, { ratio, low, high, verdict, pairs = [], needed, seconds }) {
  const quiet = verdict === 'equivalent' || verdict === 'undecided';
  const outcome =
    wanted === 'no change'
      ? quiet
        ? 'right'
        : 'wrong'
      : verdict === wanted
        ? 'right'
        : quiet
          ? 'undecided'
          : 'wrong';
  counts.all += 1;
  counts[outcome] += 1;
  const meets = truth === undefined || (low <= truth.hi && high >= truth.lo);
  if (meets) counts.meet += 1;
  console.log(
    [
      outcome.padEnd(9),
      name.padEnd(30),
      `${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`.padEnd(26),
      `${verdict}${needed === undefined ? '' : `, ${needed} more pairs would decide`};`,
      `${pairs.length} pairs, ${seconds.toFixed(1)} s;`,
      truth === undefined
        ? ''
        : `truth ${truth.ratio} (${truth.lo} to ${truth.hi})${meets ? '' : ' NOT MET'}`,
    ].join(' '),
  );
}
