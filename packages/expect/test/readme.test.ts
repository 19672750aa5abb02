import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { numbers } from './numbers.js';
import { node, quickConfig, runVitest, storeBaseline, testProject } from './test-project.js';

/** The files of the README, by the names in their first lines, with efforts that take less time. */
function readmeFiles(): Record<string, string> {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const blocks = readme.matchAll(/^```[jt]s\n\/\/ (\S+)\n(.*?)^```$/gms);
  return Object.fromEntries([...blocks].map(([, name = '', text = '']) => [name, quicker(text)]));
}

function quicker(text: string): string {
  const effort = "processes: 2, time: '20ms', warmup: '50ms'";
  return text
    .replaceAll("by: '2x'", `by: '2x', ${effort}`)
    .replaceAll('.not.toLeak()', '.not.toLeak({ blocks: 6 })')
    .replace('{ signal: t.signal })', '{ signal: t.signal, blocks: 6 })')
    .replace("'16B'", `'16B', { ${effort} }`)
    .replace("threshold: '10%'", `threshold: '300%', processes: 2`);
}

it('does what its README shows, in Vitest and in node:test', { timeout: 600_000 }, () => {
  const root = testProject({ ...readmeFiles(), 'numbers.js': numbers, 'perf.config.yaml': quickConfig });
  storeBaseline(root, 'numbers › sorted');

  const { tests, output } = runVitest(root);
  expect(Object.values(tests), output).toEqual(Array(5).fill({ status: 'passed', message: '' }));

  const { stdout, status } = node(root, '--test', '--test-reporter=tap');
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(
    /^# numbers › sorted is faster than numbers › sorted by insertion by 2 ×: [\d.]+ × faster/m,
  );
});
