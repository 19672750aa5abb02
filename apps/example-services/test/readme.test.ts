import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

it('the README shows a benchmark as it stands in its file', () => {
  const example = /```ts\n(.*?)```/s.exec(read('README.md'))?.[1];
  expect(example).toBeDefined();
  expect(read('perf/cache.perf.ts')).toContain(example);
});
