// Does a tool measure the same function in the same way every time?
//
//   node src/modes.mjs [runs]      default 50 of each
//
// The function is JSON.parse of 2 KB. Mitata decides by one cold call whether it measures single calls or batches. A mode
// is the number of operations in a sample; a run flips where its mode is more than twice, or less than half, the usual one of its tool.
// The bar is that no run of perfkit flips.
import { jsonFrom, middle, percent, variation } from './child-runs.mjs';

const runs = Number(process.argv[2] ?? 50);
const seen = { mitata: [], perfkit: [] };
for (let run = 0; run < runs; run += 1) {
  for (const tool of Object.keys(seen)) seen[tool].push(jsonFrom('./modes-child.mjs', tool));
}

console.log(`Node ${process.versions.node}, ${runs} runs of each in turns\n`);
console.log('tool       flips   operations a sample   samples          reading   CV');
for (const [tool, results] of Object.entries(seen)) {
  const of = (key) => results.map((result) => result[key]);
  const usual = middle(of('batch'));
  const flips = of('batch').filter((batch) => batch > 2 * usual || batch < usual / 2).length;
  const range = (key) => `${Math.min(...of(key))} to ${Math.max(...of(key))}`;
  console.log(
    [
      tool.padEnd(8),
      `${flips} of ${runs}`.padStart(8),
      range('batch').padStart(14),
      range('samples').padStart(16),
      `${(middle(of('time')) / 1000).toFixed(1)} µs`.padStart(12),
      percent(variation(of('time'))).padStart(8),
    ].join('  '),
  );
}
