// `leak()` of @perf/leak on one version of a case: through `perfkit run`, or under another Node.js.
import { fork, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leakSummaries } from '@perf/leak';
import { namesCulprit } from './leak-named.mjs';
import { watch, whyEnded } from './leak-watch.mjs';

const perfkit = fileURLToPath(new URL('../../perfkit/bin/perfkit.mjs', import.meta.url));
const program = fileURLToPath(new URL('leak-child.mjs', import.meta.url));

/**
 * Measures by `perfkit run`, each process of it fresh.
 *
 * @returns What `outcomeOf` says, with `childPeakBytes` of the largest process that measured and `parentPeakBytes` of
 * perfkit itself.
 */
export async function measureByRun(version, processes) {
  const file = perfFile(version);
  const args = [perfkit, 'run', file, '--json', '--no-html', '--processes', String(processes)];
  const child = spawn(process.execPath, args, {
    cwd: version.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const watched = await watch(child);
  const { status, seconds, childPeakBytes, peakBytes: parentPeakBytes } = watched;
  // A gate or a measurement that failed changes the exit code; the run is printed all the same.
  const outcome =
    status === undefined || watched.stdout === ''
      ? { failed: `perfkit run ${whyEnded(watched)}`, measuring: [] }
      : outcomeOf(version, JSON.parse(watched.stdout).measurements);
  return { ...outcome, seconds, childPeakBytes, parentPeakBytes };
}

/** Measures in processes of another Node.js, which the runner is no part of. @param node - Path of its binary. */
export async function measureUnder(node, version, processes) {
  const measurements = [];
  let seconds = 0;
  let childPeakBytes = 0;
  for (let index = 0; index < processes; index += 1) {
    const child = fork(program, [version.module, version.name, String(index)], {
      cwd: version.folder,
      execPath: node,
      execArgv: [],
      serialization: 'advanced',
      silent: true,
    });
    const watched = await watch(child);
    seconds += watched.seconds;
    childPeakBytes = Math.max(childPeakBytes, watched.peakBytes);
    if (watched.message === undefined) {
      return { failed: whyEnded(watched), measuring: [], seconds, childPeakBytes };
    }
    measurements.push(watched.message);
  }
  return { ...outcomeOf(version, measurements), seconds, childPeakBytes };
}

/** The module is loaded by setup: a perf file without side effects is only listed, not run. */
function perfFile({ name, folder, version }) {
  mkdirSync(join(folder, 'perf'), { recursive: true });
  const file = `perf/${version}.perf.mjs`;
  writeFileSync(
    join(folder, file),
    `import { leak, suite } from '@perf/leak';
export default suite('${version}', {
  '${name}': leak((code) => code.iterate(), {
    setup: () => import('../${version}.mjs'),
    teardown: (code) => code.close?.(),
  }),
});
`,
  );
  return file;
}

/**
 * What the measurements of one version say together.
 *
 * @returns `found`, `named`, `verdict` (all resources), `steady` (all of them are), `measuring` (seconds of each
 * measurement) and `lines` for people; `failed` where nothing was measured.
 */
function outcomeOf({ truth, leaks, folder }, measurements) {
  const measuring = measurements.map(({ elapsed }) => elapsed / 1e9);
  const failure = measurements.find(({ status }) => status !== 'ok');
  if (failure !== undefined) return { failed: failure.error?.message ?? failure.status, measuring };
  const summaries = leakSummaries(measurements);
  const leaking = summaries.filter(({ verdict }) => verdict === 'leaking');
  const culprit = leaking.find((summary) => summary.culprit !== undefined)?.culprit;
  return {
    found: leaking.length > 0,
    named: culprit !== undefined && leaks && namesCulprit(culprit.path.join(' '), truth.retainer),
    verdict: summaries.map(({ resource, verdict }) => `${resource} ${verdict}`).join(', '),
    steady: summaries.length > 0 && summaries.every(({ verdict }) => verdict === 'steady'),
    measuring,
    lines: [
      `${summaries.map(figures).join('; ')}; measured in ${Math.max(...measuring).toFixed(1)} s`,
      ...(culprit === undefined ? [] : culpritLines(culprit, truth, folder)),
    ],
  };
}

function culpritLines({ path, site }, { retainer }, folder) {
  return [
    `documented: ${retainer}`,
    `found:      ${path.join(' → ')}`,
    ...(site === undefined ? [] : [`allocated:  ${site.file.replace(folder, '')}:${site.line}`]),
  ];
}

function figures({ resource, verdict, bytesPerIteration: { estimate, low, high }, sensitivityBytes }) {
  if (verdict === 'steady') return `${resource} steady`;
  const [middle, from, to, least] = [estimate, low, high, sensitivityBytes].map((value) =>
    Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2),
  );
  return `${resource} ${verdict} ${middle} (${from} to ${to}, from ${least} on)`;
}
