import { perfTests } from '@perf/vitest';

/** Hunts in processes of their own, two at a time; one file at a time, since a watched service leaks by the clock. */
export default perfTests({ maxConcurrency: 2, maxWorkers: 1 });
