// How long does a large heap snapshot take to read, and its dominators to find, and in how much memory?
//
//   node src/snapshots.mjs [--objects MILLIONS] [--runs N] [--rival]
//
// A process fills its heap with so many millions of objects in chains of a thousand (default 6: some 500 MB of snapshot)
// and writes it; then fresh processes read it with @perf/leak, and with --rival in turns with memlab's parser, which npm
// installs into a temporary folder. Ends with 1 if a bar is missed: 40 MB/s of reading, 60 s for retained sizes and paths,
// three times the size of the file in memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeHeapSnapshot } from 'node:v8';
import { readSnapshot, snapshotTop } from '@perf/leak';
import { middle } from './child-runs.mjs';
import { npmInstall } from './leak-npm-install.mjs';

const MEMLAB = '2.0.5';

const { values: flags } = parseArgs({
  options: {
    objects: { type: 'string', default: '6' },
    runs: { type: 'string', default: '3' },
    write: { type: 'string' },
    read: { type: 'string' },
    rival: { type: 'boolean', default: false },
    tools: { type: 'string' },
  },
});
if (flags.write !== undefined) write(flags.write, Number(flags.objects) * 1e6);
else if (flags.read !== undefined && flags.tools !== undefined) await readByMemlab(flags.read, flags.tools);
else if (flags.read !== undefined) await read(flags.read);
else compareWithBars();

function write(file, objects) {
  class Link {
    constructor(next) {
      this.next = next;
      this.box = { value: Math.random() };
    }
  }
  const chains = [];
  let link = null;
  // A link is two objects and a number beside them.
  for (let i = 0; i < objects / 3; i += 1) {
    link = new Link(i % 1000 === 0 ? null : link);
    if (i % 1000 === 0) chains.push(link);
    else chains[chains.length - 1] = link;
  }
  globalThis.chains = chains;
  writeHeapSnapshot(file);
}

async function read(file) {
  const from = performance.now();
  const snapshot = await readSnapshot(file);
  const readMs = performance.now() - from;
  const { count } = snapshotTop(snapshot);
  tell({ readMs, allMs: performance.now() - from, count });
}

/** Its dominators, retained sizes and what paths are found by. */
async function readByMemlab(file, tools) {
  const fromTools = createRequire(join(tools, 'package.json'));
  const { analysis, config, utils } = fromTools('@memlab/core');
  config.muteConsole = true;
  const from = performance.now();
  const snapshot = await utils.getSnapshotFromFile(file, { buildNodeIdIndex: true, verbose: false });
  const readMs = performance.now() - from;
  analysis.preparePathFinder(snapshot);
  tell({ readMs, allMs: performance.now() - from, count: snapshot.nodes.length });
}

/** On the last line: a rival may print as well. */
function tell(figures) {
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`\n${JSON.stringify({ ...figures, peakBytes })}\n`, () => process.exit());
}

function compareWithBars() {
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-snapshots-'));
  try {
    const file = join(folder, 'large.heapsnapshot');
    child('--write', file, '--objects', flags.objects);
    if (flags.rival) npmInstall(folder, `@memlab/core@${MEMLAB}`);
    const megabytes = statSync(file).size / 1e6;
    const own = [];
    const rival = [];
    for (let run = 0; run < Number(flags.runs); run += 1) {
      own.push(figuresOf(child('--read', file)));
      if (flags.rival) rival.push(figuresOf(child('--read', file, '--tools', folder)));
    }
    const millions = own[0].count / 1e6;
    console.log(
      `${megabytes.toFixed(0)} MB, ${millions.toFixed(1)} million objects, median of ${own.length}`,
    );
    const ours = shown('@perf/leak', own, megabytes);
    if (flags.rival) {
      const theirs = shown(`memlab ${MEMLAB}`, rival, megabytes);
      console.log(
        `memlab takes ${(theirs.readMs / ours.readMs).toFixed(1)} times as long to read, ${(theirs.allMs / ours.allMs).toFixed(1)} times with dominators, and ${(theirs.peakBytes / ours.peakBytes).toFixed(1)} times the memory`,
      );
    }
    const missed = [
      ...(megabytes / (ours.readMs / 1000) < 40 ? ['40 MB/s'] : []),
      ...(ours.allMs > 60_000 ? ['60 s'] : []),
      ...(ours.peakBytes > 3e6 * megabytes ? ['three times the file in memory'] : []),
    ];
    console.log(missed.length === 0 ? 'Every bar is met.' : `Missed: ${missed.join(', ')}.`);
    process.exitCode = missed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(stdout) {
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Prints what a tool took. @returns Medians. */
function shown(name, runs, megabytes) {
  const of = (field) => middle(runs.map((run) => run[field]));
  const [readMs, allMs, peakBytes] = [of('readMs'), of('allMs'), of('peakBytes')];
  const speed = megabytes / (readMs / 1000);
  console.log(name);
  console.log(`  read        ${(readMs / 1000).toFixed(1)} s, ${speed.toFixed(0)} MB/s`);
  console.log(`  and dominators, retained sizes and paths  ${(allMs / 1000).toFixed(1)} s`);
  console.log(
    `  memory at most ${(peakBytes / 1e6).toFixed(0)} MB, ${(peakBytes / 1e6 / megabytes).toFixed(1)} times the file`,
  );
  return { readMs, allMs, peakBytes };
}

function child(...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=8000', fileURLToPath(import.meta.url), ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
