// How long does a tool take when it is asked to measure for a second, after at most half a second of warming up?
//
//   node src/wall-time.mjs [timeMs] [warmupMs]      default 1000 and 500
//
// Each function in a fresh process; the start of the process is not counted. The bar is that perfkit takes at most 1.3
// times what was asked. The samples that are kept are shown beside it: memory follows them.
import { jsonFrom } from './child-runs.mjs';
import { functions } from './functions.mjs';

const [timeMs = 1000, warmupMs = 500] = process.argv.slice(2).map(Number);
const asked = timeMs + warmupMs;
console.log(
  `Node ${process.versions.node}, asked for ${timeMs} ms after at most ${warmupMs} ms of warming up\n`,
);
console.log('function                    tool         wall time   over asked   samples kept');
for (const name of Object.keys(functions)) {
  for (const tool of ['perfkit', 'mitata', 'tinybench']) {
    const { elapsed, samples } = jsonFrom('./wall-time-child.mjs', tool, name, timeMs, warmupMs);
    console.log(
      [
        name.padEnd(26),
        tool.padEnd(10),
        `${elapsed.toFixed(0)} ms`.padStart(10),
        (elapsed / asked).toFixed(2).padStart(10),
        String(samples).padStart(13),
      ].join('  '),
    );
  }
}
