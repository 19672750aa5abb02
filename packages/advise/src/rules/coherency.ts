import { inWords } from '../in-words.js';
import type { Rule } from '../rule.js';
import { scalingLimits } from './scaling.js';

/** Operations that make each other slower, pair by pair: throughput has a peak and falls beyond it. */
export const coherency: Rule = {
  id: 'coherency',
  summary: 'Operations slow each other down pair by pair (kappa excludes 0): beyond a peak throughput falls.',
  examine: (evidence) =>
    scalingLimits(evidence, {
      coefficient: 'kappa',
      name: 'coherency',
      slowdown: (kappa, n) => 1 + kappa * n * (n - 1),
      meaning: ({ peak }) =>
        `Operations keep each other up, the more the more of them there are, such as by sharing state, cache lines or memory to collect; ${
          peak === undefined
            ? 'beyond some concurrency throughput falls.'
            : `throughput is greatest at about ${inWords(Math.round(peak.concurrency.estimate), 'count')} at a time (${inWords(peak.throughput.estimate, '1/s')}) and falls beyond.`
        }`,
      verify: 'Limit how many are let in at a time, or share less between them',
    }),
};
