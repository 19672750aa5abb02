// Does `leak()` of @perf/leak find documented leaks of npm packages, and keep quiet on their fixed versions?
//
//   node src/leaks.mjs [--processes N] [case …]
//
// Each case is an npm package in a version that leaks and one that does not, or a control that grows and stops. Both
// are measured by `perfkit run` in fresh processes; the verdicts are those of the run, over all its processes. The
// cases come from PERFKIT_DATA, by default ../shared/data beside this repository; npm installs them into a temporary
// folder. Ends with 1 if more than one leak is missed or anything that is clean is called leaking.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { leakSummaries } from '@perf/leak';

/** Leaks that may be missed. */
const MISSES = 1;

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const data = process.env.PERFKIT_DATA ?? join(repository, '..', 'shared', 'data');
const perfkit = join(repository, 'apps', 'perfkit', 'bin', 'perfkit.mjs');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { processes: { type: 'string', default: '1' } },
});
if (!existsSync(join(data, 'leaks'))) {
  console.error(`There are no leaks at ${data}. Set PERFKIT_DATA to the folder that holds leaks/.`);
  process.exit(2);
}
const cases = positionals.length > 0 ? positionals : readdirSync(join(data, 'leaks')).sort();
const work = mkdtempSync(join(tmpdir(), 'perfkit-leaks-'));
let leaks = 0;
let missed = 0;
let alarms = 0;
console.log('        case                        version  truth B/iter  found');
try {
  for (const name of cases) {
    const folder = join(work, name);
    const { leak } = prepare(name, folder);
    for (const version of ['leaky', 'fixed', 'control']) {
      if (existsSync(join(folder, `${version}.mjs`))) report(name, version, leak, measure(folder, version));
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`\n${leaks - missed} of ${leaks} leaks found, ${alarms} alarms on what is clean.`);
process.exitCode = missed > MISSES || alarms > 0 ? 1 : 0;

/** Installs a case and writes a perf file for each of its versions. */
function prepare(name, folder) {
  cpSync(join(data, 'leaks', name), folder, { recursive: true });
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', install, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  mkdirSync(join(folder, 'perf'));
  for (const version of ['leaky', 'fixed', 'control']) {
    if (!existsSync(join(folder, `${version}.mjs`))) continue;
    // The module is loaded by setup: a perf file without side effects is only listed, not run.
    writeFileSync(
      join(folder, 'perf', `${version}.perf.mjs`),
      `import { leak, suite } from '@perf/leak';
export default suite('${version}', {
  '${name}': leak((code) => code.iterate(), {
    setup: () => import('../${version}.mjs'),
    teardown: (code) => code.close?.(),
  }),
});
`,
    );
  }
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function measure(folder, version) {
  const args = [
    perfkit,
    'run',
    `perf/${version}.perf.mjs`,
    '--json',
    '--no-html',
    '--processes',
    values.processes,
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  // A gate that failed ends with 1 and prints its run all the same.
  if (status !== 0 && status !== 1) throw new Error(`perfkit run ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function report(name, version, truth, run) {
  const found = leakSummaries(run.measurements);
  const leaking = found.filter(({ verdict }) => verdict === 'leaking');
  const isLeak = version === 'leaky';
  leaks += isLeak ? 1 : 0;
  missed += isLeak && leaking.length === 0 ? 1 : 0;
  alarms += !isLeak && leaking.length > 0 ? 1 : 0;
  const right = isLeak === leaking.length > 0 ? 'right' : 'WRONG';
  const documented = isLeak ? `${truth.bytesPerIter.toFixed(0)} ${truth.metric}` : '0';
  const seconds = Math.max(...run.measurements.map(({ elapsed }) => elapsed / 1e9)).toFixed(1);
  console.log(
    `${right}   ${name.padEnd(27)} ${version.padEnd(8)} ${documented.padStart(14)}  ${found.map(figures).join('; ')}; ${seconds} s`,
  );
  const culprit = leaking.find((summary) => summary.culprit !== undefined)?.culprit;
  if (culprit === undefined) return;
  console.log(`        documented: ${truth.retainer}`);
  console.log(`        found:      ${culprit.path.join(' → ')}`);
  if (culprit.site !== undefined) {
    console.log(`        allocated:  ${culprit.site.file.replace(work, '')}:${culprit.site.line}`);
  }
}

function figures({ resource, verdict, bytesPerIteration: { estimate, low, high }, sensitivityBytes }) {
  if (verdict === 'steady') return `${resource} steady`;
  const [middle, from, to, least] = [estimate, low, high, sensitivityBytes].map((value) =>
    Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2),
  );
  return `${resource} ${verdict} ${middle} (${from} to ${to}, from ${least} on)`;
}
