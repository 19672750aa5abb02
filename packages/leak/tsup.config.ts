import { perfPackage } from '@perf/tsup';

/** The process that reads snapshots is a file of its own beside the index. */
export default perfPackage({
  entry: { index: 'src/index.ts', 'snapshot-process': 'src/count/snapshot-process.ts' },
  dts: { entry: { index: 'src/index.ts' } },
});
