import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as stats from '../src/index.js';

test('the example of the README prints what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const promised = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
  const printed: string[] = [];
  const body = example.replace(/import (\{.*\}) from '@perf\/stats';/, 'const $1 = stats;');
  new Function('stats', 'console', body)(stats, {
    log: (...parts: unknown[]) => printed.push(parts.join(' ')),
  });
  expect(promised).toHaveLength(3);
  expect(printed).toEqual(promised);
});
