// Does `leak()` of @perf/leak find 40 bytes per iteration by the slope of bytes alone, without counting objects?
//
//   node src/leak-slope.mjs [repeats]      default 5
//
// A list grows by one object of 40 bytes in each iteration, which also does some work that leaves nothing behind; a second
// one does the work alone. Each is measured in fresh processes with `snapshots: false`. Ends with 1 if the leak is missed,
// takes more than 30 s, or the other one is called leaking.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { leak } from '@perf/leak';
import { middle } from './child-runs.mjs';

const BAR_SECONDS = 30;
const text = JSON.stringify({ users: Array.from({ length: 50 }, (_, id) => ({ id, name: `user ${id}` })) });
let list = null;
const subjects = {
  'list of 40 B': () => {
    // Three fields of V8's own, and two of the program's, of 8 bytes each.
    list = { next: list, users: JSON.parse(text).users.length };
  },
  'no list': () => JSON.parse(text).users.length,
};

if (process.argv[2] === 'child') await measured(process.argv[3]);
else await compare(Number(process.argv[2] ?? 5));

async function measured(name) {
  const startedAt = performance.now();
  const { findings } = await leak(subjects[name], { snapshots: false }).measure({
    probe: { suite: 'arena', name, kind: 'leak', params: {} },
    processIndex: 0,
    budget: { timeMs: 500, warmupMs: 500, share: 1 },
    seed: 1,
    deadline: Date.now() + 120_000,
    signal: new AbortController().signal,
  });
  const { verdict, bytesPerIteration } = findings.find(({ resource }) => resource === 'heap');
  process.send({ verdict, bytesPerIteration, seconds: (performance.now() - startedAt) / 1000 }, () =>
    process.exit(),
  );
}

async function compare(repeats) {
  console.log(`Node ${process.versions.node}, ${repeats} processes of each`);
  let missed = 0;
  for (const name of Object.keys(subjects)) {
    const seen = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) seen.push(await inFreshProcess(name));
    const leaking = seen.filter(({ verdict }) => verdict === 'leaking').length;
    const bytes = middle(seen.map(({ bytesPerIteration }) => bytesPerIteration.estimate));
    const seconds = seen.map((one) => one.seconds);
    const isRight =
      name === 'no list' ? leaking === 0 : leaking === repeats && Math.max(...seconds) <= BAR_SECONDS;
    if (!isRight) missed += 1;
    console.log(
      `${isRight ? 'right' : 'WRONG'}  ${name.padEnd(14)} leaking ${leaking} of ${repeats}, ${bytes.toFixed(1)} B per iteration, ${middle(seconds).toFixed(1)} s, at most ${Math.max(...seconds).toFixed(1)} s (bar ${BAR_SECONDS} s)`,
    );
  }
  process.exitCode = missed === 0 ? 0 : 1;
}

function inFreshProcess(name) {
  const child = fork(fileURLToPath(import.meta.url), ['child', name], { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
}
