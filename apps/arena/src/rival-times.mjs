// What other tools read for the five functions, each in a process of its own, with its defaults but for the time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleOf } from './five-functions.mjs';

const programs = {
  mitata: `import { measure } from 'mitata';
import { functions } from './functions.mjs';
const times = {};
for (const [name, fn] of Object.entries(functions)) times[name] = (await measure(fn)).p50;
console.log(JSON.stringify(times));`,
  tinybench: `import { Bench } from 'tinybench';
import { functions } from './functions.mjs';
const bench = new Bench({ time: 500 });
for (const [name, fn] of Object.entries(functions)) bench.add(name, fn);
await bench.run();
console.log(JSON.stringify(Object.fromEntries(bench.tasks.map(({ name, result }) => [name, result.latency.p50 * 1e6]))));`,
  'vitest bench': `import { bench } from 'vitest';
import { functions } from './functions.mjs';
for (const [name, fn] of Object.entries(functions)) bench(name, fn);`,
};

/** Median time of each function [ns], as one process of the tool reads it. @param work - A folder to write into. */
export function rivalTimes(tool, work) {
  const folder = join(work, 'rivals');
  if (!existsSync(folder)) {
    mkdirSync(folder);
    symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(folder, 'functions.mjs'),
      moduleOf(() => 1),
    );
    writeFileSync(join(folder, 'mitata.mjs'), programs.mitata);
    writeFileSync(join(folder, 'tinybench.mjs'), programs.tinybench);
    writeFileSync(join(folder, 'five.bench.mjs'), programs['vitest bench']);
  }
  if (tool !== 'vitest bench') return JSON.parse(run([join(folder, `${tool}.mjs`)], folder));
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  run([vitest, 'bench', '--run', '--outputJson', 'vitest.json'], folder);
  const { files } = JSON.parse(readFileSync(join(folder, 'vitest.json'), 'utf8'));
  const rows = files.flatMap(({ groups }) => groups.flatMap(({ benchmarks }) => benchmarks));
  return Object.fromEntries(rows.map(({ name, median }) => [name, median * 1e6]));
}

function run(args, cwd) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`);
  return stdout;
}
