import type { Compared } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { ReportError, renderText } from '../src/index.js';
import {
  comparedOf,
  comparisonOf,
  equivalent,
  fullRun,
  getHit,
  getMiss,
  improved,
  measured,
  plainRun,
  runOf,
  undecided,
} from './documents.js';

describe('a run without a baseline', () => {
  test('reads as a whole', () => {
    expect(renderText({ run: plainRun() })).toBe(`\
Measured   2 probes in 1 suite, 7 processes each, 41 s (perfkit 0.1.0, seed 42)
Machine    AMD EPYC 7763, 8 cores, linux x64, Node 20
Source     commit 1a2b3c4d5e6f on main, with uncommitted changes

2 probes measured. There is no baseline, so nothing is judged.
Each interval holds with 95 % confidence.

Measured
  cache › get, hit takes 131 ns per operation (95 % interval 129 to 134 ns, 7 processes).
  cache › get, miss (size=1000) takes 1.23 µs per operation (95 % interval 1.20 to 1.27 µs, 7 processes).

probe                             time         interval      ±            heap per op  processes
cache › get, hit                131 ns    129 to 134 ns  1.9 %  16.0 B (15.5 to 16.5)          7
cache › get, miss (size=1000)  1.23 µs  1.20 to 1.27 µs  2.7 %                                 7
`);
  });

  test('states the confidence it attains when the processes are too few', () => {
    const run = runOf(measured({ probe: getHit, times: [131, 129, 134] }));
    const text = renderText({ run });
    expect(text).toContain(
      'cache › get, hit takes 131 ns per operation (75 % interval 129 to 134 ns, 3 processes: too few for 95 %).',
    );
    expect(text).toContain('All intervals fall short of 95 % confidence: too few processes.');
    expect(text).toContain('129 to 134 ns (75 %)');
  });

  test('prints no figure that has no interval', () => {
    const text = renderText({ run: runOf(measured({ probe: getHit, times: [131] })) });
    expect(text).toContain('measured in 1 process: too few for an interval, so its time is not stated.');
    expect(text).not.toContain('131');
  });

  test.each([
    ['interrupted', 'The run was interrupted: this is what it had until then.'],
    ['running', 'The run is not finished: it was killed, or goes on still. This is what it has so far.'],
  ] as const)('that is %s says so, and shows what it has', (status, sentence) => {
    const run = plainRun({ status });
    delete run.finishedAt;
    const text = renderText({ run });
    expect(text).toContain(sentence);
    expect(text).toContain(
      'cache › get, hit takes 131 ns per operation (95 % interval 129 to 134 ns, 7 processes).',
    );
    expect(text).toContain('2 probes in 1 suite, 7 processes each (perfkit');
  });

  test('vouches for its own figures where nothing could be compared', () => {
    const text = renderText({ run: plainRun({ comparison: comparisonOf([]), confidence: 0.9 }) });
    expect(text).toContain('Nothing could be compared, so nothing is judged.\nEach interval holds with 90 %');
  });

  test('holds its intervals to the confidence that it was asked for', () => {
    const times = [131, 129, 134, 130, 132];
    const asked = (confidence: number): string =>
      renderText({ run: runOf(measured({ probe: getHit, times }), { confidence }) });
    expect(asked(0.9)).toContain('(90 % interval 129 to 134 ns, 5 processes)');
    expect(asked(0.9)).toContain('Each interval holds with 90 % confidence.');
    expect(asked(0.9)).not.toContain('93.7 %');
    expect(asked(0.99)).toContain('(93.7 % interval 129 to 134 ns, 5 processes: too few for 99 %)');
    expect(asked(0.99)).toContain('All intervals fall short of 99 % confidence');
    expect(asked(0.99)).toContain('129 to 134 ns (93.7 %)');
    const many = Array.from({ length: 9 }, (_, index) => 130 + index);
    const enough = runOf(measured({ probe: getHit, times: many, heaps: many }), { confidence: 0.99 });
    expect(renderText({ run: enough })).toContain('(99 % interval 130 to 138 ns, 9 processes)');
  });
});

describe('a run against its baseline', () => {
  const lines = renderText({ run: fullRun() }).split('\n');
  const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));

  test('tells failures first, then what regressed, is undecided, improved, is equivalent', () => {
    const order = [
      'Failed',
      'Regressed',
      'Undecided',
      'Improved',
      'Equivalent',
      'Not compared',
      'probe ',
    ].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test.each([
    '1 of 4 comparisons regressed, 1 improved, 1 undecided, 1 equivalent. 1 probe failed.',
    '  cache › evict crashed in 2 of 7 processes: The process ended before it answered. Run it alone: perfkit run --only "cache › evict". (runner/crashed, signal SIGSEGV)',
    '    | \\u001b[31mFATAL\\u001b[39m: heap corrupted',
    '  cache › get, hit is 23 % slower than the baseline (95 % interval +18 % to +29 %, 7 against 7 processes): minor regression beyond its threshold of 15 %.',
    '  cache › get, miss (size=1000) reads 4.2 % slower than the baseline (95 % interval -1.0 % to +9.7 %, 7 against 7 processes): undecided at its threshold of 5 %; about 6 more processes per side would decide.',
    '  parser › parse (input=large.json) is 12 % faster than the baseline (95 % interval -15 % to -9 %, 7 against 7 processes): improvement beyond its threshold of 5 %.',
    '  cache › get, hit reads 0.4 % hungrier in heap than the baseline (95 % interval -0.8 % to +1.6 %, 7 against 7 processes): equivalent within its threshold of 15 %.',
    '  parser › encode cannot be compared: measured in this change only.',
    '  Its speed still changed when the warm-up was over. (bench/not-steady, 10 processes of 2 probes)',
    'cache › get, hit           time       23 % slower    +18 % to +29 %     7 vs 7  regressed   minor',
  ])('says %s', (line) => {
    expect(lines).toContain(line);
  });

  test('fits its tables into the width it is given', () => {
    const narrow = renderText({ run: fullRun() }, { width: 80 }).split('\n');
    const tables = narrow.slice(narrow.findIndex((line) => line.startsWith('probe ')));
    for (const line of tables.filter((row) => !row.startsWith('  ')))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test('adds colour only when asked', () => {
    const plain = renderText({ run: fullRun() });
    const coloured = renderText({ run: fullRun() }, { colour: true });
    expect(coloured).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for.
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});

describe('a bare comparison', () => {
  const textOf = (...compared: Compared[]): string => renderText({ comparison: comparisonOf(compared) });

  test('puts the worst regression first', () => {
    const mild = comparedOf({ probe: { ...getMiss, params: {} } });
    const bad = comparedOf({ ratio: 11.7, low: 10.9, high: 12.6, severity: 'critical' });
    const text = textOf(mild, bad);
    expect(text).toContain(
      'cache › get, hit is 11.7 × slower than the baseline (95 % interval 10.9 × to 12.6 ×, 7 against 7 processes): critical regression beyond its threshold of 15 %.',
    );
    expect(text.indexOf('11.7 ×')).toBeLessThan(text.indexOf('get, miss'));
  });

  test('says plainly that nothing regressed, where all is known', () => {
    expect(textOf(equivalent, improved)).toContain(
      'Nothing regressed: 1 of 2 equivalent within their thresholds, 1 improved.',
    );
  });

  test('does not say so while something may have regressed', () => {
    expect(textOf(equivalent, undecided, improved)).toContain(
      'No regression is proven: 1 of 3 equivalent within their thresholds, 1 improved, 1 undecided (it may have regressed).',
    );
    const incomparable = [{ probe: getMiss as Compared['probe'], reason: 'Only main has this probe.' }];
    const partly = (...compared: Compared[]): string =>
      renderText({ comparison: comparisonOf(compared, { incomparable }) });
    expect(partly(equivalent)).toContain(
      'No regression is proven: 1 of 1 equivalent within their thresholds, 1 not compared.',
    );
    expect(partly(equivalent, undecided, undecided)).toContain(
      'No regression is proven: 1 of 3 equivalent within their thresholds, 2 undecided (they may have regressed), 1 not compared.',
    );
    for (const text of [partly(equivalent), partly(improved), textOf(undecided, improved)]) {
      expect(text).not.toContain('Nothing regressed');
    }
  });

  test('claims no more than that p is adjusted for the number of comparisons', () => {
    const text = textOf(comparedOf());
    expect(text).toContain(
      'Only p, which is against a ratio of 1, is adjusted for the many comparisons made at once; the intervals are not.',
    );
    expect(text).not.toContain('take into account');
  });

  test('warns when the two sides come from different environments', () => {
    const variants = (a?: string, b?: string): string =>
      renderText({
        comparison: comparisonOf([comparedOf()], {
          variants: {
            a: { label: 'main', ...(a === undefined ? {} : { environment: a }) },
            b: { label: 'this change', ...(b === undefined ? {} : { environment: b }) },
          },
        }),
      });
    const warning =
      'Warning: the two sides were measured on different machines or Node versions. The differences may be theirs, not those of the code.';
    expect(variants('one', 'other').split('\n')).toContain(warning);
    for (const text of [variants('one', 'one'), variants('one'), variants(undefined, 'other'), variants()]) {
      expect(text).not.toContain('Warning');
    }
  });

  test('never calls too few runs "no change"', () => {
    const few = { ...undecided, confidence: 0.75, processes: { a: 3, b: 3 } };
    const text = textOf(few);
    expect(text).toContain(
      'Nothing is decided: 1 of 1 comparison undecided. That is not the same as no change.',
    );
    expect(text).toContain('(75 % interval -1.0 % to +9.7 %, 3 against 3 processes: too few for 95 %)');
  });

  test('without an interval prints no ratio', () => {
    const text = textOf({ ...undecided, confidence: 0, processes: { a: 1, b: 1 } });
    expect(text).toContain('is undecided in time: 1 against 1 process are too few for an interval');
    expect(text).not.toContain('4.2 %');
  });

  test('from one process a side tells only a lower bound of what it takes', () => {
    const single = { ...undecided, confidence: 0, processes: { a: 1, b: 1 }, needed: 3 };
    expect(textOf(single)).toContain(
      '1 against 1 process are too few for an interval; at least 3 more processes per side are needed to tell.',
    );
  });

  test('with nothing to compare says so', () => {
    expect(textOf()).toContain('Nothing could be compared, so nothing is judged.');
  });
});

test('a report of nothing is an error with a remedy', () => {
  expect(() => renderText({})).toThrow(ReportError);
});
