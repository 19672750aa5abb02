// The three heap snapshots that memlab looks for leaks in: iterations before each.
//
//   node src/leak-memlab-heap.mjs <module> <iterations> <folder>
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeHeapSnapshot } from 'node:v8';

const [module, iterations, folder] = process.argv.slice(2);
const code = await import(pathToFileURL(module).href);
for (const name of ['baseline', 'target', 'final']) {
  for (let done = 0; done < Number(iterations); done += 1) await code.iterate();
  writeHeapSnapshot(join(folder, `${name}.heapsnapshot`));
}
process.exit();
