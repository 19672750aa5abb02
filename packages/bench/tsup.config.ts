import { perfPackage } from '@perf/tsup';

/**
 * The adapters are entries of their own: benchmark files of other tools get them in place of the tool.
 *
 * Of the statistics only what is used is taken in: every measured process loads this package, and would load all of them.
 */
export default perfPackage({
  noExternal: ['@perf/stats', 'simple-statistics'],
  entry: {
    index: 'src/index.ts',
    adapters: 'src/adapters/index.ts',
    tinybench: 'src/adapters/tinybench.ts',
    mitata: 'src/adapters/mitata.ts',
    vitest: 'src/adapters/vitest.ts',
  },
});
