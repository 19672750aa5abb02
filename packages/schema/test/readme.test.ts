import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { probesOf } from './readme-example.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example in the README is the code that is tested here', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(read('../README.md'))?.[1]).toBe(read('readme-example.ts'));
});

it('the example lists the probes of a run', () => {
  expect(probesOf(read('../examples/v1/run.json'))).toContain('get, hit: ok');
});

it('the example says what is wrong with a file that is no run, and what to do', () => {
  expect(probesOf(read('../examples/v1/advice.json'))).toBe(
    'This is a perf/advice document, not a perf/run. Give a file whose "schema" is "perf/run@1".',
  );
});
