import { defineConfig } from 'vitest/config';

/** How every package is tested: in real Node processes, on the sources of the workspace, nothing mocked. */
export function perfTests(options = {}) {
  return defineConfig({
    resolve: { conditions: ['@perf/source'] },
    ssr: { resolve: { conditions: ['@perf/source'] } },
    test: {
      include: ['test/**/*.test.ts'],
      environment: 'node',
      pool: 'forks',
      testTimeout: 30_000,
      ...options,
    },
  });
}
