import { perfPackage } from '@perf/tsup';

/** The processes that the runner starts are files of their own beside its index. */
export default perfPackage({
  entry: {
    index: 'src/index.ts',
    child: 'src/child/main.ts',
    hooks: 'src/loading/hooks.ts',
    'border-hooks': 'src/loading/border-hooks.ts',
    reaper: 'src/reaper/main.ts',
  },
  dts: { entry: { index: 'src/index.ts' } },
});
