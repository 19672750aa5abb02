// What a recording costs a process that does nothing else: CPU time of its main thread, in percent of one core.
//
//   node scripts/record-cost.mjs [seconds]      default 5 for each
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { record } from '@perf/monitor';

const seconds = Number(process.argv[2] ?? 5);
const target = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
const ways = { nothing: undefined, 'this process': {}, 'and a target': { targetPid: target.pid } };
for (let round = 0; round < 2; round += 1) {
  for (const [name, options] of Object.entries(ways)) {
    await sleep(200);
    const recording = options === undefined ? undefined : record(options);
    const before = process.cpuUsage();
    await sleep(seconds * 1000);
    const { user, system } = process.cpuUsage(before);
    recording?.stop();
    console.log(`${name.padEnd(14)} ${((user + system) / 1e4 / seconds).toFixed(2)} %`);
  }
}
target.kill();
