// Does `perfkit compare` give the right verdict on published versions of npm packages whose difference is known?
//
//   node src/pairs.mjs [--self N] [--processes N] [case …]
//
// Without cases: zod-create, magic-string-map, semver-satisfies and null-lodash. With --self N each case's version a is
// compared with itself N times as well, and no regression may be reported. The cases come from PERFKIT_DATA, by
// default ../shared/data beside this repository; npm installs their versions into a temporary folder.
// Ends with 1 if a verdict is wrong.
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
  options: { self: { type: 'string', default: '0' }, processes: { type: 'string', default: '10' } },
});
const cases =
  positionals.length > 0
    ? positionals
    : ['zod-create', 'magic-string-map', 'semver-satisfies', 'null-lodash'];

if (!existsSync(join(data, 'pairs', 'truth.json'))) {
  console.error(`There are no pairs at ${data}. Set PERFKIT_DATA to the folder that holds pairs/truth.json.`);
  process.exit(2);
}
const truths = JSON.parse(readFileSync(join(data, 'pairs', 'truth.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'perfkit-pairs-'));
let wrong = 0;
try {
  for (const name of cases) {
    const folder = prepare(name);
    const truth = truths.find((entry) => entry.case === name && entry.metric === 'time');
    const wanted = truth.kind === 'null' ? 'equivalent' : truth.ratio > 1 ? 'regressed' : 'improved';
    report(name, `truth ${truth.ratio} (${truth.lo} to ${truth.hi})`, wanted, compare(folder, 'a', 'b'));
    for (let round = 1; round <= Number(values.self); round += 1) {
      report(`${name} with itself`, `${round} of ${values.self}`, 'no change', compare(folder, 'a', 'same'));
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(wrong === 0 ? '\nEvery verdict is right.' : `\n${wrong} verdicts are wrong.`);
process.exitCode = wrong === 0 ? 0 : 1;

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
  return folder;
}

function compare(folder, a, b) {
  const args = [perfkit, 'compare', a, b, '--json', '--no-html', '--processes', values.processes];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`perfkit compare ended with ${status}: ${stderr}`);
  return JSON.parse(stdout).comparisons.find(({ metric }) => metric === 'time');
}

function report(name, note, wanted, { ratio, low, high, verdict, needed }) {
  const right =
    wanted === 'no change' ? verdict === 'equivalent' || verdict === 'undecided' : verdict === wanted;
  if (!right) wrong += 1;
  const figures = `${ratio.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
  const more = needed === undefined ? '' : `, ${needed} more processes would decide`;
  console.log(
    `${right ? 'right' : 'WRONG'}  ${name.padEnd(28)} ${figures.padEnd(28)} ${verdict}${more}; ${note}`,
  );
}
