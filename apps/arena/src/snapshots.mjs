// How long does a large heap snapshot take to read, and its dominators to find, and in how much memory?
//
//   node src/snapshots.mjs [--objects MILLIONS] [--runs N]
//
// A process fills its heap with so many millions of objects in chains of a thousand (default 6: some 500 MB of snapshot)
// and writes it; then fresh processes read it with @perf/leak. Ends with 1 if a bar is missed: 40 MB/s of reading, 60 s
// for retained sizes and paths, three times the size of the file in memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeHeapSnapshot } from 'node:v8';
import { readSnapshot, snapshotTop } from '@perf/leak';

const { values: flags } = parseArgs({
  options: {
    objects: { type: 'string', default: '6' },
    runs: { type: 'string', default: '3' },
    write: { type: 'string' },
    read: { type: 'string' },
  },
});
if (flags.write !== undefined) write(flags.write, Number(flags.objects) * 1e6);
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
  console.log(
    JSON.stringify({
      readMs,
      topMs: performance.now() - from - readMs,
      count,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    }),
  );
}

function compareWithBars() {
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-snapshots-'));
  try {
    const file = join(folder, 'large.heapsnapshot');
    child('--write', file, '--objects', flags.objects);
    const megabytes = statSync(file).size / 1e6;
    const runs = Array.from({ length: Number(flags.runs) }, () => JSON.parse(child('--read', file)));
    const of = (field) => median(runs.map((run) => run[field]));
    const speed = megabytes / (of('readMs') / 1000);
    const peak = of('peakBytes') / 1e6;
    console.log(
      `${megabytes.toFixed(0)} MB, ${(runs[0].count / 1e6).toFixed(1)} million objects, median of ${runs.length}`,
    );
    console.log(`read        ${(of('readMs') / 1000).toFixed(1)} s, ${speed.toFixed(0)} MB/s`);
    console.log(`dominators, retained sizes and paths  ${(of('topMs') / 1000).toFixed(1)} s`);
    console.log(`memory at most ${peak.toFixed(0)} MB, ${(peak / megabytes).toFixed(1)} times the file`);
    const missed = [
      ...(speed < 40 ? ['40 MB/s'] : []),
      ...(of('topMs') > 60_000 ? ['60 s'] : []),
      ...(peak > 3 * megabytes ? ['three times the file in memory'] : []),
    ];
    console.log(missed.length === 0 ? 'Every bar is met.' : `Missed: ${missed.join(', ')}.`);
    process.exitCode = missed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length / 2) - 1] + sorted[Math.floor(sorted.length / 2)]) / 2;
}
