// What does a process of a probe cost beside the measuring, and how long does the command take to start?
//
//   node src/fixed-cost.mjs [runs]      default 10
//
// The processes of `perfkit run` on an empty benchmark are counted two ways: the time of a run with many processes less
// that of a run with two, over the number of processes between, less the time that each spent measuring. Beside it
// stands the bare start of node, in turns with it. The bars are 60 ms over that for a process, and 1.5 times the start
// of `node -e 0` for `perfkit --version`. A file in TypeScript needs module hooks, which have a thread of their own on
// Node 20: it is shown beside the one in JavaScript.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { middle } from './child-runs.mjs';

const runs = Number(process.argv[2] ?? 10);
const FEW = 3;
const MANY = 11;
const perfkit = fileURLToPath(new URL('./bin/perfkit.mjs', import.meta.resolve('perfkit/package.json')));
const folder = mkdtempSync(fileURLToPath(new URL('../fixed-cost-', import.meta.url)));
const files = { JavaScript: 'empty.perf.mjs', TypeScript: 'empty.perf.ts' };
for (const file of Object.values(files)) {
  writeFileSync(
    join(folder, file),
    `import { bench, suite } from '@perf/bench';\nexport default suite('${file}', { empty: bench(() => undefined, { timeMs: 1, warmupMs: 0 }) });\n`,
  );
}

try {
  const bare = [];
  const version = [];
  const perProcess = { JavaScript: [], TypeScript: [] };
  const measuring = { JavaScript: [], TypeScript: [] };
  for (let run = 0; run < runs; run += 1) {
    bare.push(wallOf(['-e', '0']));
    version.push(wallOf([perfkit, '--version']));
    for (const [kind, file] of Object.entries(files)) {
      const [few, many] = [ofRun(file, FEW), ofRun(file, MANY)];
      // The first two processes are profiled; the others cost the same each.
      perProcess[kind].push((many.wall - few.wall) / (MANY - FEW) - many.measuring);
      measuring[kind].push(many.measuring);
    }
  }
  const [node, start] = [middle(bare), middle(version)];
  console.log(`Node ${process.versions.node}, medians of ${runs} rounds\n`);
  console.log(`bare start of node                  ${node.toFixed(1)} ms`);
  console.log(
    `perfkit --version                   ${start.toFixed(1)} ms, ${(start / node).toFixed(2)} times the bare start`,
  );
  for (const kind of Object.keys(files)) {
    const fixed = middle(perProcess[kind]);
    console.log(
      `process of a probe in ${kind.padEnd(12)}  ${fixed.toFixed(1)} ms beside measuring (${middle(measuring[kind]).toFixed(1)} ms), ${(fixed - node).toFixed(1)} ms over the bare start`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function wallOf(args) {
  const from = performance.now();
  execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  return performance.now() - from;
}

function ofRun(file, processes) {
  const args = [perfkit, 'run', file, '--processes', String(processes), '--json', '--no-html'];
  const from = performance.now();
  const out = execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const wall = performance.now() - from;
  const { measurements } = JSON.parse(out);
  return { wall, measuring: middle(measurements.slice(2).map(({ elapsed }) => elapsed / 1e6)) };
}
