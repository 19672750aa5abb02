// What does a process of a probe cost beside the measuring, and how long does the command take to start?
//
//   node src/fixed-cost.mjs [runs]      default 10
//
// The processes of `perfkit run` on an empty benchmark are counted two ways: the time of a run with many processes less
// that of a run with two, over the number of processes between, less the time that each spent measuring. Beside it
// stands the bare start of node, in turns with it. The bars are 60 ms over that for a process, and 1.5 times the start
// of `node -e 0` for `perfkit --version`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { middle } from './child-runs.mjs';

const runs = Number(process.argv[2] ?? 10);
const FEW = 3;
const MANY = 11;
const perfkit = fileURLToPath(new URL('./bin/perfkit.mjs', import.meta.resolve('perfkit/package.json')));
const folder = mkdtempSync(join(tmpdir(), 'perfkit-fixed-cost-'));
writeFileSync(
  join(folder, 'empty.perf.mjs'),
  "import { bench, suite } from '@perf/bench';\nexport default suite('fixed', { empty: bench(() => undefined, { timeMs: 1, warmupMs: 0 }) });\n",
);

try {
  const bare = [];
  const version = [];
  const perProcess = [];
  const measuring = [];
  for (let run = 0; run < runs; run += 1) {
    bare.push(wallOf(['-e', '0']));
    version.push(wallOf([perfkit, '--version']));
    const [few, many] = [ofRun(FEW), ofRun(MANY)];
    // The first two processes are profiled; the others cost the same each.
    perProcess.push((many.wall - few.wall) / (MANY - FEW) - many.measuring);
    measuring.push(many.measuring);
  }
  const [node, start, fixed] = [middle(bare), middle(version), middle(perProcess)];
  console.log(`Node ${process.versions.node}, medians of ${runs} rounds\n`);
  console.log(`bare start of node            ${node.toFixed(1)} ms`);
  console.log(
    `perfkit --version             ${start.toFixed(1)} ms, ${(start / node).toFixed(2)} times the bare start`,
  );
  console.log(
    `process of a probe            ${fixed.toFixed(1)} ms beside measuring (${middle(measuring).toFixed(1)} ms)`,
  );
  console.log(`                              ${(fixed - node).toFixed(1)} ms over the bare start`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function wallOf(args) {
  const from = performance.now();
  execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  return performance.now() - from;
}

function ofRun(processes) {
  const args = [perfkit, 'run', '--processes', String(processes), '--json', '--no-html'];
  const from = performance.now();
  const out = execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const wall = performance.now() - from;
  const { measurements } = JSON.parse(out);
  return { wall, measuring: middle(measurements.slice(2).map(({ elapsed }) => elapsed / 1e6)) };
}
