import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Vitest's own number, but also two on two cores: many of these tests wait for processes that they started. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** How every package is tested: in real Node processes, on the sources of the workspace, nothing mocked. */
export function perfTests(options = {}) {
  return defineConfig({
    resolve: { conditions: ['@perf/source'] },
    ssr: { resolve: { conditions: ['@perf/source'] } },
    test: {
      include: ['test/**/*.test.ts'],
      environment: 'node',
      pool: 'forks',
      maxWorkers,
      testTimeout: 30_000,
      ...options,
    },
  });
}
