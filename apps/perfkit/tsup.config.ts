import { perfPackage } from '@perf/tsup';

export default perfPackage({ entry: ['src/main.ts'], dts: false });
