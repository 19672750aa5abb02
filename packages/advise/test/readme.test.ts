import { expect, it } from 'vitest';
import { advise, defaultRules, type Rule } from '../src/index.js';
import { metric, runOf, times } from './documents.js';

const startsSlowly: Rule = {
  id: 'starts-slowly',
  summary: 'An operation takes longer than a frame of a screen.',
  examine: ({ probes }) =>
    probes.flatMap(({ probe, measurements, summaries }) =>
      summaries
        .filter(({ metric: name, low }) => name === 'time' && low > 16e6)
        .map(({ metric: name, unit, estimate, low, high }) => ({
          severity: 'minor' as const,
          title: `${probe.suite} › ${probe.name}: slower than a frame`,
          probe,
          metric: name,
          unit,
          observed: { estimate, low, high },
          evidence: measurements.map(({ id }) => id),
          verify: 'perfkit run',
          effect: 0.1,
        })),
    ),
};

it('does what its README shows: a rule of one’s own beside the default ones', () => {
  const run = runOf(times(7, (index) => ({ metrics: [metric('time', 'ns', 20e6 + index)] })));
  const advice = advise(run, { rules: [...defaultRules, startsSlowly] });
  expect(advice.findings).toMatchObject([
    { rule: 'starts-slowly', title: 'cache › get: slower than a frame', observed: { low: 20e6 } },
  ]);
});
