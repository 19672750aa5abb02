import { inWords } from '../in-words.js';
import type { Rule } from '../rule.js';
import { scalingLimits } from './scaling.js';

/** Work that is done one at a time, however many ask for it: throughput has a ceiling. */
export const contention: Rule = {
  id: 'contention',
  summary: 'Part of each operation waits for the others (sigma excludes 0): throughput has a ceiling.',
  examine: (evidence) =>
    scalingLimits(evidence, {
      coefficient: 'sigma',
      name: 'contention',
      slowdown: (sigma, n) => 1 + sigma * (n - 1),
      meaning: ({ lambda, sigma }) =>
        `Part of each operation is done one at a time, such as under a lock, in one connection or on the event loop; more concurrency cannot bring it above ${inWords(lambda.estimate / sigma.estimate, '1/s')}.`,
      verify: 'Find what operations wait for one after the other and divide it or make it shorter',
    }),
};
