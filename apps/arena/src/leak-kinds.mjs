// Does `leak()` of @perf/leak find leaks of all kinds, and keep quiet on what grows and is none?
//
//   node src/leak-kinds.mjs [--libraries] [kind …]
//
// The kinds are small programs of our own, in leak-kinds-cases.mjs: timers, promises, workers, sockets, text, numbers;
// caches that fill or churn, code that is compiled anew. With --libraries they are uses of published packages, in
// leak-libraries-cases.mjs, which npm installs into a temporary folder: leaks that their users make, and programs that have
// none. Each is measured in a fresh process. Ends with 1 if a leak is missed or anything that is clean is called leaking.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as kinds from './leak-kinds-cases.mjs';
import * as libraries from './leak-libraries-cases.mjs';
import { npmInstall } from './leak-npm-install.mjs';
import { measureUnder } from './leak-ours.mjs';
import { heldToBars, inSeconds } from './leak-table.mjs';

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { libraries: { type: 'boolean', default: false } },
});
const { leaking, clean } = flags.libraries ? libraries : kinds;
const unknown = wanted.find((name) => !(name in leaking || name in clean));
if (unknown !== undefined) {
  console.error(`There is no "${unknown}". There are: ${Object.keys({ ...leaking, ...clean }).join('; ')}.`);
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'perfkit-kinds-'));
const outcomes = [];
try {
  const module = flags.libraries
    ? installedLibraries(work)
    : fileURLToPath(new URL('leak-kinds-cases.mjs', import.meta.url));
  for (const name of Object.keys(leaking)) await measure(module, name, true);
  for (const name of Object.keys(clean)) await measure(module, name, false);
} finally {
  rmSync(work, { recursive: true, force: true });
}
const { lines } = heldToBars(outcomes);
console.log(`\n${lines.join('\n')}`);
process.exitCode = outcomes.some(({ found, leaks }) => found !== leaks) ? 1 : 0;

function installedLibraries(folder) {
  const dependencies = libraries.packages;
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  npmInstall(folder);
  const file = fileURLToPath(new URL('leak-libraries-cases.mjs', import.meta.url));
  const module = join(folder, 'cases.mjs');
  cpSync(file, module);
  return module;
}

async function measure(module, name, leaks) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  process.env.LEAK_KIND = name;
  const version = { name, module, folder: dirname(module), leaks, truth: { retainer: '' } };
  const outcome = await measureUnder(process.execPath, version, 1);
  const isRight = outcome.failed === undefined && outcome.found === leaks;
  outcomes.push({ ...outcome, leaks });
  console.log(
    `${isRight ? 'right' : 'WRONG'}  ${name.padEnd(36)} ${leaks ? 'leaks' : 'clean'}  ${inSeconds(outcome.seconds).padStart(7)}  ${outcome.failed ?? outcome.lines[0]}`,
  );
  for (const line of outcome.lines?.filter((text) => /^(found|allocated)/.test(text)) ?? [])
    console.log(`         ${line}`);
}
