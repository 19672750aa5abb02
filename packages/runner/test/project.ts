import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes files into a folder of its own, which is removed after the test. Gives the folder. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perfkit-runner-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** Source of a perf file whose probes run the given bodies and then measure 1 ns. */
export function perfFile(suiteName: string, probes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(probes).map(
    ([name, body]) => `${JSON.stringify(name)}: probe(async (context: ProbeContext) => { ${body} })`,
  );
  return `
import { measurementOf, type ProbeContext, suite } from '@perf/schema';
const probe = (body: (context: ProbeContext) => Promise<unknown>) => ({
  kind: 'fixture',
  params: {},
  async measure(context: ProbeContext) {
    await body(context);
    return measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt: new Date().toISOString(),
      elapsed: 1,
      seed: context.seed,
      status: 'ok',
      metrics: [{ name: 'time', unit: 'ns', better: 'lower', value: 1, judged: true }],
    });
  },
});
export default suite(${JSON.stringify(suiteName)}, { ${entries.join(', ')} });
`;
}
