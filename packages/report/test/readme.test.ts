import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('the example of the README prints the sentence that stands under it', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] as string;
  const sentence = /```text\n(.*)\n```/.exec(readme)?.[1] as string;
  const file = new URL('./readme-example.gen.ts', import.meta.url);
  await writeFile(file, code.replace("'@perf/report'", "'../src/index.js'"));
  try {
    const { text } = (await import(file.href)) as { text: string };
    expect(text.split('\n')).toContain(`  ${sentence}`);
  } finally {
    await rm(file);
  }
});
