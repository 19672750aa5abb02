import { perfPackage } from '@perf/tsup';

export default perfPackage({ entry: ['src/index.ts', 'src/vitest.ts'] });
