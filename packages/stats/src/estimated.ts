import type { Compared } from '@perf/schema';

/** A comparison before the others of its family are known. */
export type Estimated = Omit<Compared, 'pAdjusted' | 'verdict' | 'severity' | 'needed'>;
