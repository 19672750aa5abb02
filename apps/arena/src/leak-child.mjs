// One process of `leak()` on one version of a case, outside the runner; sends its measurement to the parent.
//
//   leak-child.mjs <module> <name> <process>
import { pathToFileURL } from 'node:url';
import { leak } from '@perf/leak';

const [module, name, index] = process.argv.slice(2);
const probe = leak((code) => code.iterate(), {
  setup: () => import(pathToFileURL(module).href),
  teardown: (code) => code.close?.(),
});
const measurement = await probe.measure({
  probe: { suite: 'arena', name, kind: 'leak', params: {} },
  processIndex: Number(index),
  budget: { timeMs: 500, warmupMs: 500, share: 1 },
  seed: 1,
  deadline: Date.now() + probe.deadlineMs,
  signal: new AbortController().signal,
});
process.send(measurement, () => process.exit());
