// Does `leak()` of @perf/leak find leaks of all kinds, and keep quiet on what grows and is none?
//
//   node src/leak-kinds.mjs [kind …]
//
// The kinds are small programs of our own, in leak-kinds-cases.mjs: timers, promises, workers, sockets, text, numbers;
// caches that fill or churn, code that is compiled anew. Each is measured in a fresh process. Ends with 1 if a leak is
// missed or anything that is clean is called leaking.
import { fileURLToPath } from 'node:url';
import { clean, leaking } from './leak-kinds-cases.mjs';
import { measureUnder } from './leak-ours.mjs';
import { heldToBars, inSeconds } from './leak-table.mjs';

const module = fileURLToPath(new URL('leak-kinds-cases.mjs', import.meta.url));
const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const outcomes = [];
for (const [kinds, leaks] of [
  [leaking, true],
  [clean, false],
]) {
  for (const name of Object.keys(kinds).filter((kind) => wanted.length === 0 || wanted.includes(kind))) {
    process.env.LEAK_KIND = name;
    const version = { name, module, folder, leaks, truth: { retainer: '' } };
    const outcome = await measureUnder(process.execPath, version, 1);
    const isRight = outcome.failed === undefined && outcome.found === leaks;
    outcomes.push({ ...outcome, leaks });
    console.log(
      `${isRight ? 'right' : 'WRONG'}  ${name.padEnd(18)} ${leaks ? 'leaks' : 'clean'}  ${inSeconds(outcome.seconds).padStart(7)}  ${outcome.failed ?? outcome.lines[0]}`,
    );
    for (const line of outcome.lines?.filter((text) => /^(found|allocated)/.test(text)) ?? [])
      console.log(`         ${line}`);
  }
}
const { lines } = heldToBars(outcomes);
console.log(`\n${lines.join('\n')}`);
process.exitCode = outcomes.some(({ found, leaks }) => found !== leaks) ? 1 : 0;
