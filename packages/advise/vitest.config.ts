import { perfTests } from '@perf/vitest';

export default perfTests();
