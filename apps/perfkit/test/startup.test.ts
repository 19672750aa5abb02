import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What a built file needs before it can run: the files beside it and the packages, all the way down. */
function neededBy(file: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  const text = readFileSync(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/^(?:import|export)\b[^;]*?["']([^"']+)["'];/gm)) {
    if (name.startsWith('.')) neededBy(new URL(name, file), seen);
    else seen.add(name);
  }
  return seen;
}

it('help and errors of the command line load neither the documents nor what checks them', () => {
  const needed = [...neededBy(new URL('../dist/main.js', import.meta.url))];
  expect(needed).toContain('yargs');
  expect(needed).toContain('@perf/schema/core');
  const heavy = ['zod', '@perf/schema', '@perf/report', '@perf/store', '@perf/runner', 'yaml'];
  expect(needed.filter((name) => heavy.includes(name))).toEqual([]);
});
