import { perfTests } from '@perf/vitest';

export default perfTests({ testTimeout: 120_000 });
