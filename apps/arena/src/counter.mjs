// What does a function read that does nothing but count its calls?
//
//   node src/counter.mjs [processes]      default 5 of each
//
// A tool that unrolls its loop lets V8 merge the calls of one round, and then reads a part of one call. Every reading is
// the median of fresh processes in turns. The reading without unroll is that of a loop that makes one call in every
// round; the bar is that perfkit is within 10 % of it. A loop that V8 inlines the function into makes no call at all.
import { jsonFrom, middle } from './child-runs.mjs';

const processes = Number(process.argv[2] ?? 5);
const tools = [
  'one call a round, by hand',
  'inlined loop, by hand',
  'perfkit',
  'mitata, unroll 1',
  'mitata, as it comes',
  'mitata, unroll 16',
  'tinybench',
];
const seen = new Map(tools.map((tool) => [tool, []]));
for (let round = 0; round < processes; round += 1) {
  for (const tool of tools) seen.get(tool).push(jsonFrom('./counter-child.mjs', tool).time);
}

console.log(`Node ${process.versions.node}, ${processes} processes of each in turns\n`);
console.log('tool                        reading    over one call a round');
const honest = middle(seen.get(tools[0]));
for (const [tool, times] of seen) {
  const time = middle(times);
  console.log(
    `${tool.padEnd(26)} ${time.toFixed(2).padStart(6)} ns   ${(time / honest).toFixed(2).padStart(10)}`,
  );
}
