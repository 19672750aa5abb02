import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { AdviseError, advise, type Draft, defaultRules, type Rule } from '../src/index.js';
import { compared, comparisonOf, getHit, metric, runOf, times } from './documents.js';

const run = runOf(times(7, { metrics: [metric('time', 'ns', 1000)] }));
const id = run.measurements[0]?.id as string;

const draft: Draft = {
  severity: 'minor',
  title: 'cache › get: something',
  metric: 'time',
  unit: 'ns',
  observed: { estimate: 2, low: 1, high: 3 },
  evidence: [id],
  verify: 'perfkit run',
  effect: 0.5,
};

const saying = (ruleId: string, ...drafts: readonly Draft[]): Rule => ({
  id: ruleId,
  summary: 'A rule of somebody else.',
  examine: () => drafts,
});

describe('the engine', () => {
  it('gives a valid document about the run, with the id of the rule that spoke', () => {
    const advice = advise(run, { rules: [saying('mine', draft)] });
    expect(readDocument('advice', JSON.parse(JSON.stringify(advice)))).toEqual(advice);
    expect(advice).toMatchObject({ run: run.id, findings: [{ rule: 'mine', evidence: [id] }] });
    expect(advice.findings[0]).not.toHaveProperty('effect');
  });

  it.each([
    ['no evidence', { evidence: [] }],
    ['evidence that no run has', { evidence: [id, 'made-up'] }],
    ['a figure that is none', { observed: { estimate: Number.NaN, low: 1, high: 3 } }],
    [
      'an interval that reaches to infinity',
      { observed: { estimate: 2, low: 1, high: Number.POSITIVE_INFINITY } },
    ],
    ['an estimate outside of its interval', { observed: { estimate: 4, low: 1, high: 3 } }],
    ['no way to verify it', { verify: '' }],
    ['no title', { title: '' }],
  ])('drops advice with %s and says so', (_what, parts) => {
    const dropped: string[] = [];
    const options = {
      rules: [saying('mine', { ...draft, ...parts }, draft)],
      onDropped: (rule: string, reason: string) => dropped.push(`${rule}: ${reason}`),
    };
    expect(advise(run, options).findings).toHaveLength(1);
    expect(dropped).toHaveLength(1);
    expect(dropped[0]).toMatch(/^mine: /);
  });

  it('sorts by severity, then by what is at stake, then by the order of the rules', () => {
    const order = [
      saying(
        'a',
        { ...draft, title: '5', severity: 'info', effect: 1 },
        { ...draft, title: '3', effect: 0.2 },
      ),
      saying('b', { ...draft, title: '4', effect: 0.2 }, { ...draft, title: '2', effect: 0.9 }),
      saying('c', { ...draft, title: '1', severity: 'critical', effect: 0 }),
    ];
    const titles = advise(run, { rules: order }).findings.map(({ title }) => title);
    expect(titles).toEqual(['1', '2', '3', '4', '5']);
  });

  it('refuses two rules with one id, and names a rule that throws', () => {
    const throwing = {
      ...saying('broken'),
      examine: () => {
        throw new TypeError('x is undefined');
      },
    };
    expect(() => advise(run, { rules: [saying('a'), saying('a')] })).toThrow(AdviseError);
    expect(() => advise(run, { rules: [throwing] })).toThrow('The rule "broken" failed: x is undefined');
    expect(() => advise(run, { rules: [throwing] })).toThrow(
      expect.objectContaining({ code: 'advise/rules' }),
    );
  });

  it('takes evidence from the baseline run and changes neither', () => {
    const baseline = runOf(times(7, { metrics: [metric('time', 'ns', 900)] }), { variant: 'a' });
    const before = JSON.stringify([run, baseline]);
    const rules = [saying('mine', { ...draft, evidence: [baseline.measurements[0]?.id as string] })];
    expect(advise(run, { rules, baseline }).findings).toHaveLength(1);
    expect(advise(run, { rules }).findings).toEqual([]);
    expect(JSON.stringify([run, baseline])).toBe(before);
  });

  it('has nothing to say of a run without measurements, and of a quiet one', () => {
    expect(advise(runOf([])).findings).toEqual([]);
    expect(advise(run).findings).toEqual([]);
  });
});

describe('the default rules', () => {
  it('have ids and summaries of their own', () => {
    expect(new Set(defaultRules.map((rule) => rule.id)).size).toBe(defaultRules.length);
    for (const rule of defaultRules) expect(rule.summary).toMatch(/\.$/);
  });

  it.each(['`rm -rf ~`', '$(touch x)', '"; touch x; "', "'; touch x", '%PATH%', 'a\nb', '!!', '--help'])(
    'never put the name %j of a probe into a command',
    (name) => {
      const probe = { ...getHit, suite: name === '--help' ? '--help' : 'cache', name };
      const comparison = comparisonOf([
        compared({ ratio: 5, verdict: 'regressed', probe: { ...probe, params: {} } }),
      ]);
      const [finding] = advise(runOf(times(7, { probe }), { comparison })).findings;
      expect(finding?.title).toContain(name);
      expect(finding?.verify).toMatch(/: perfkit run$/);
    },
  );
});
