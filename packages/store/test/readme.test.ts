import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshFile } from './folder.js';
import { keepRun } from './readme-example.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example in the README is the code that is tested here', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(read('../README.md'))?.[1]).toBe(read('readme-example.ts'));
});

it('the example stores a run, and storing it again adds nothing', () => {
  expect(keepRun(freshFile())).toBe('1 point of time; again: known');
});
