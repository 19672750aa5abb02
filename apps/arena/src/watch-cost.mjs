// What does watchMemory() of @perf/leak cost a service?
//
//   node src/watch-cost.mjs [rounds] [requests]      default 16 rounds, 60,000 requests a block: 12 minutes
//
// A service over HTTP with a client of its own answers blocks of so many requests in a fresh process, in turns without a
// watch and with one: at its defaults in one process, with readings a hundred times as often in another. There is no
// warm-up of the watch, so that a block begins with a reading, and has more of them than a service that goes on. Printed,
// each with its median and an interval of at least 95 % over the rounds:
//
//   default        CPU time of the blocks with the watch over that of the blocks without, minus 1
//   hundredfold    the same, with readings every 100 ms
//   reported       share of the time that the watch itself says it took
//   longest        the longest that the service stood still for it, at its defaults
//
// Ends with 1 if the whole interval of "default" or of what it reports is above 1 %.
import { Agent, createServer, get } from 'node:http';
import { watchMemory } from '@perf/leak';
import { medianInterval } from '@perf/stats';
import { jsonFrom } from './child-runs.mjs';

const BAR = 0.01;
const watches = {
  default: { warmupMs: 0 },
  hundredfold: { warmupMs: 0, intervalMs: 100, minWindowMs: 2000 },
};
const CLIENTS = 8;
/** Blocks of a process without a watch and with one: what slows the machine evenly drops out. */
const TURNS = [false, true, true, false, true, false, false, true];

if (process.argv[2] === 'serve') await measured(process.argv[3], Number(process.argv[4]));
else compare(Number(process.argv[2] ?? 16), Number(process.argv[3] ?? 60_000));

function compare(rounds, requests) {
  const seen = { default: [], hundredfold: [], reported: [], 'reported, hundredfold': [], longest: [] };
  for (let round = 0; round < rounds; round += 1) {
    const usual = jsonFrom('watch-cost.mjs', 'serve', 'default', requests);
    const often = jsonFrom('watch-cost.mjs', 'serve', 'hundredfold', requests);
    seen.default.push(usual.ratio - 1);
    seen.hundredfold.push(often.ratio - 1);
    seen.reported.push(usual.share);
    seen['reported, hundredfold'].push(often.share);
    seen.longest.push(usual.longestMs);
  }
  console.log(`Node ${process.versions.node}, ${rounds} rounds, blocks of ${requests} requests\n`);
  for (const [name, values] of Object.entries(seen)) console.log(line(name, medianInterval(values)));
  const judged = ['default', 'reported'].map((name) => [name, medianInterval(seen[name])]);
  const above = judged.filter(([, { low }]) => low > BAR);
  const open = judged.filter(([, { low, high }]) => low <= BAR && high > BAR);
  console.log(`\nbar: ${BAR * 100} %`);
  for (const [name] of above) console.log(`above it: ${name}`);
  for (const [name] of open) console.log(`not decided by so few rounds on so noisy a machine: ${name}`);
  process.exitCode = above.length > 0 ? 1 : 0;
}

/** Answers the blocks in this process and prints what the watch made of them. */
async function measured(name, requests) {
  const server = createServer((request, response) => {
    const users = Array.from({ length: 40 }, (_, id) => ({ id, path: request.url, name: `user ${id}` }));
    response.end(JSON.stringify(users));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service = { port: server.address().port, agent: new Agent({ keepAlive: true }) };
  await ask(service, requests);
  const used = { plain: 0, watched: 0 };
  const reports = [];
  for (const isWatched of TURNS) {
    const watch = isWatched ? watchMemory(watches[name]) : undefined;
    const before = process.cpuUsage();
    await ask(service, requests);
    const { user, system } = process.cpuUsage(before);
    used[isWatched ? 'watched' : 'plain'] += user + system;
    watch?.stop();
    if (watch !== undefined) reports.push(watch.report());
  }
  const [busy, watched] = [
    sum(reports, ({ cost }) => cost.busyMs),
    sum(reports, ({ watchedMs }) => watchedMs),
  ];
  const longestMs = Math.max(...reports.map(({ cost }) => cost.longestMs));
  console.log(JSON.stringify({ ratio: used.watched / used.plain, share: busy / watched, longestMs }));
  process.exit();
}

function sum(reports, of) {
  return reports.reduce((total, report) => total + of(report), 0);
}

async function ask({ port, agent }, requests) {
  let left = requests;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      await new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, agent, path: `/${left}` }, (response) =>
          response.resume().on('end', resolve),
        ).on('error', reject);
      });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

function line(name, { estimate, low, high }) {
  if (name === 'longest')
    return row(name, `${estimate.toFixed(2)} ms`, `${low.toFixed(2)} to ${high.toFixed(2)} ms`);
  return row(name, `${percent(estimate)} %`, `${percent(low)} to ${percent(high)} %`);
}

function row(name, estimate, range) {
  return `${name.padEnd(23)}${estimate.padStart(9)}   ${range}`;
}

function percent(share) {
  return (share * 100).toFixed(3);
}
