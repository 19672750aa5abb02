import { perfTests } from '@perf/vitest';

/** Hunts in processes of their own, two at a time. */
export default perfTests({ maxConcurrency: 2 });
