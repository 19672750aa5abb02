import { perfPackage } from '@perf/tsup';

export default perfPackage();
