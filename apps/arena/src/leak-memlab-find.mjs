// memlab on the snapshots of leak-memlab-heap.mjs; sends the parent one text per trace that it reports.
//
//   node src/leak-memlab-find.mjs <folder of the tools> <folder of the snapshots> default|every
//
// `default`: its own rules of what is a leak, which are for web pages. `every`: every object that was new in the second
// snapshot and is still there in the third, as its maintainer advises for Node.js (facebook/memlab#30).
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [tools, folder, filter] = process.argv.slice(2);
const fromTools = createRequire(join(tools, 'package.json'));
const { findLeaksBySnapshotFilePaths } = fromTools('@memlab/api');
const { config } = fromTools('@memlab/core');
if (filter === 'every') config.externalLeakFilter = { leakFilter: () => true };
const files = ['baseline', 'target', 'final'].map((name) => join(folder, `${name}.heapsnapshot`));
const leaks = await findLeaksBySnapshotFilePaths(...files, {
  consoleMode: 'SILENT',
  workDir: mkdtempSync(join(folder, 'memlab-')),
});
process.send({ found: leaks.map(traceOf) }, () => process.exit());

/** The steps `--edge--->  [node](type)`; beside them a trace holds every other reference of each node. */
function traceOf(leak) {
  return Object.keys(leak)
    .filter((key) => /^\d+: /.test(key))
    .map((key) => key.replace(/ @\d+.*$/s, ''))
    .join('\n');
}
