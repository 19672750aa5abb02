// How well does `changePoints` of @perf/stats find changes, and how often does it see one where there is none?
//
//   node src/trends.mjs [--seed N]
//
// Three judges, from PERFKIT_DATA (by default ../shared/data beside this repository), in its folder history/:
// series of the Turing Change Point Dataset, scored by scorer/tcpd_score.py (needs python3); windows of real runner
// noise with steps of known size put in; and noise made here, independent and AR(1). What other tools reach is cited
// from the README beside the data, over more series and windows than are there.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { changePoints } from '@perf/stats';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const data = process.env.PERFKIT_DATA ?? join(repository, '..', 'shared', 'data');
const history = join(data, 'history');
const { values: flags } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const seed = Number(flags.seed);

if (!existsSync(join(history, 'tcpd', 'annotations.json'))) {
  console.error(`There is no history at ${history}. Set PERFKIT_DATA to the folder that holds history/tcpd.`);
  process.exit(2);
}
const judge = `
import json, sys
sys.path.insert(0, sys.argv[1] + '/scorer')
import tcpd_score
people = json.load(open(sys.argv[1] + '/tcpd/annotations.json'))
print(json.dumps([
    dict(tcpd_score.score(people[s['name']], s['found'], s['length']), name=s['name']) for s in json.load(sys.stdin)
]))
`;
const started = performance.now();
turingSeries();
injectedWindows();
noise();
console.log(`\nSeed ${seed}, ${((performance.now() - started) / 1000).toFixed(1)} s.`);

function found(values) {
  return changePoints(values, { seed }).changePoints.map(({ index }) => index);
}

function turingSeries() {
  const folder = join(history, 'tcpd', 'series');
  const series = readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .filter(({ series: columns }) => columns[0].raw.every((value) => value !== null))
    .map(({ name, n_obs: length, series: columns }) => ({ name, length, found: found(columns[0].raw) }));
  const { status, stdout, stderr } = spawnSync('python3', ['-c', judge, history], {
    input: JSON.stringify(series),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The scorer ended with ${status}: ${stderr}`);
  const scores = JSON.parse(stdout);
  console.log('Turing Change Point Dataset                F1     cover  change points');
  for (const { name, f1, cover, n_pred } of scores) {
    console.log(`  ${name.padEnd(40)} ${f1.toFixed(3)}  ${cover.toFixed(3)}  ${n_pred}`);
  }
  const mean = (field) => scores.reduce((sum, score) => sum + score[field], 0) / scores.length;
  const here = `perfkit, mean of these ${scores.length}`;
  console.log(`  ${here.padEnd(40)} ${mean('f1').toFixed(3)}  ${mean('cover').toFixed(3)}`);
  console.log('  cited, 25 series: best defaults          0.690  0.657  (BinSeg; AMOC)');
  console.log('  cited, 25 series: predicting nothing     0.647  0.557');
  console.log(
    '  cited, 25 series: Perfherder .668, Chromium .655, asv .654, MongoDB .621, Otava .566 (F1)\n',
  );
}

function injectedWindows() {
  const { windows, cases } = JSON.parse(
    readFileSync(join(history, 'gha-unchanged', 'injected_cases.json'), 'utf8'),
  );
  const cited = {
    0: 'asv none, Otava 8 %, MongoDB 11 % (false)',
    '0.2 after 10': 'Otava 72 %, MongoDB 79 %, asv 21 %',
    '0.5 after 5': 'Otava 98 %, MongoDB 98 %, asv 51 %',
  };
  console.log(`Steps put into ${windows.length} windows of 60 of real runner noise (cited: 53 windows)`);
  for (const { step_index: step, after, size } of cases) {
    const hits = windows.filter(({ values }) => {
      const places = found(values.map((value, i) => (i >= step ? value * (1 + size) : value)));
      return size === 0 ? places.length > 0 : places.some((place) => Math.abs(place - step) <= 2);
    }).length;
    const name = size === 0 ? 'no step: false detections' : `${percent(size)} with ${after} runs after, ±2`;
    const other = cited[size === 0 ? '0' : `${size} after ${after}`];
    const share = percent(hits / windows.length).padStart(6);
    console.log(`  ${name.padEnd(34)} ${share}${other === undefined ? '' : `   cited: ${other}`}`);
  }
}

function noise() {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  console.log('\nUnchanged noise, 300 series each: share called changed');
  for (const [rho, length] of [
    [0, 30],
    [0, 100],
    [0.3, 100],
    [0.5, 50],
    [0.5, 100],
    [0.5, 300],
  ]) {
    let alarms = 0;
    for (let round = 0; round < 300; round += 1) {
      let last = normal();
      const values = Array.from({ length }, () => {
        last = rho * last + Math.sqrt(1 - rho * rho) * normal();
        return 100 + 5 * last;
      });
      if (found(values).length > 0) alarms += 1;
    }
    const cited = rho === 0.5 && length === 100 ? '   cited: Otava 70 %, MongoDB 60 %' : '';
    console.log(
      `  AR(1), rho ${rho}, ${String(length).padStart(3)} values ${percent(alarms / 300).padStart(6)}${cited}`,
    );
  }
}

function percent(share) {
  return `${(100 * share).toFixed(0)} %`;
}

/** Mulberry32. */
function uniform(from) {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}
