import { perfTests } from '@perf/vitest';

export default perfTests({ testTimeout: 180_000 });
