// leakage on one version of a case, with its defaults: six times 30 iterations; sends the parent what it said.
//
//   node --expose-gc src/leak-leakage.mjs <folder of the tools> <module>
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, module] = process.argv.slice(2);
const { iterate, MemoryLeakError } = createRequire(join(tools, 'package.json'))('leakage');
const code = await import(pathToFileURL(module).href);
let found = [];
try {
  await iterate.async(() => code.iterate());
} catch (error) {
  if (!(error instanceof MemoryLeakError)) throw error;
  found = [error.message];
}
process.send({ found }, () => process.exit());
