import { expect, it } from 'vitest';
import { built } from './built.js';
import { perfFile, project } from './project.js';

it('does what its README shows', async () => {
  const { discover, measureVariants } = await built();
  const root = project({ 'a.perf.ts': perfFile('a', { one: '' }) });
  const variants = [{ label: 'here', root, files: await discover(root) }];
  const statuses: string[] = [];
  for await (const event of measureVariants({
    variants,
    effortOf: () => ({ processes: 2, budget: { timeMs: 300, warmupMs: 500, share: 1 } }),
    deadlineMs: 60_000,
    seed: 1,
    signal: new AbortController().signal,
    loading: { cacheFolder: `${root}/.perfkit/cache`, resolveFrom: import.meta.url },
  })) {
    if (event.type === 'measured') statuses.push(event.measurement.status);
  }
  expect(statuses).toEqual(['ok', 'ok']);
});
