// memlab and leakage on one version of a case, each in fresh processes.
import { fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namesCulprit } from './leak-named.mjs';
import { npmInstall } from './leak-npm-install.mjs';
import { inMegabytes } from './leak-table.mjs';
import { watch, whyEnded } from './leak-watch.mjs';

const MEMLAB = '2.0.5';
const LEAKAGE = '0.5.0';
/** The parts of a case's measured iterations before each of the three snapshots. */
const SNAPSHOTS = 3;

/** Names of the rivals in tables. */
export const rivals = {
  memlab: `memlab ${MEMLAB}`,
  every: `memlab ${MEMLAB}, every object`,
  leakage: `leakage ${LEAKAGE}, mended`,
};

/** Installs them below a folder, leakage with our stand-in for its native part. @returns The folder. */
export function installRivals(work) {
  const tools = join(work, 'rivals');
  const memwatch = join(tools, 'memwatch');
  mkdirSync(memwatch, { recursive: true });
  for (const file of ['leak-memwatch.mjs', 'leak-memwatch-diff.mjs']) {
    cpSync(fileURLToPath(new URL(file, import.meta.url)), join(memwatch, file));
  }
  const name = '@aidemaster/node-memwatch';
  writeFileSync(
    join(memwatch, 'package.json'),
    JSON.stringify({ name, version: '1.0.5', main: 'leak-memwatch.mjs' }),
  );
  writeFileSync(
    join(tools, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { '@memlab/api': MEMLAB, '@memlab/core': MEMLAB, leakage: LEAKAGE },
      overrides: { [name]: 'file:./memwatch' },
    }),
  );
  npmInstall(tools);
  return tools;
}

/** Measures one version with each of them. @returns Outcomes by key of `rivals`, as those of leak-ours.mjs. */
export async function measureByRivals(version, tools) {
  const folder = mkdtempSync(join(tools, 'snapshots-'));
  try {
    const { iters, blocks } = version.truth;
    const iterations = Math.round((iters * blocks) / SNAPSHOTS);
    const run = (program, ...args) => runIn(version.folder, folder, program, args);
    const heap = await run('leak-memlab-heap.mjs', version.module, String(iterations), folder);
    const find = (filter) => run('leak-memlab-find.mjs', tools, folder, filter);
    return {
      memlab: outcomeOf(version, [heap, await find('default')]),
      every: outcomeOf(version, [heap, await find('every')]),
      leakage: outcomeOf(version, [await run('leak-leakage.mjs', tools, version.module)]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Temporary files go where they are removed also after a crash. */
function runIn(cwd, temporary, program, args) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const env = { ...process.env, TMPDIR: temporary };
  return watch(fork(path, args, { cwd, env, execArgv: ['--expose-gc'], silent: true }));
}

/** @param processes - One after the other; the last one sent what it found. */
function outcomeOf({ truth, leaks }, processes) {
  const seconds = processes.reduce((sum, one) => sum + one.seconds, 0);
  const peaks = processes.map(({ peakBytes }) => peakBytes);
  const childPeakBytes = Math.max(...peaks);
  const broken = processes.find(({ status }) => status !== 0);
  if (broken !== undefined) return { failed: whyEnded(broken), seconds, childPeakBytes };
  const { found } = processes.at(-1).message;
  const at = leaks ? found.findIndex((text) => namesCulprit(text, truth.retainer)) : -1;
  return {
    found: found.length > 0,
    named: at >= 0,
    verdict: found.length > 0 ? 'leak' : 'none',
    seconds,
    childPeakBytes,
    lines: [
      (found.length === 0 ? 'nothing' : `${found.length} reported`) +
        (at >= 0 ? `, the culprit is in number ${at + 1}` : '') +
        (peaks.length > 1 ? `; snapshots ${inMegabytes(peaks[0])}, search ${inMegabytes(peaks[1])}` : ''),
    ],
  };
}
