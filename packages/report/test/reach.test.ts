import type { Comparison, Reach } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderMarkdown, renderText } from '../src/index.js';
import { reachSentence } from '../src/words/reach.js';
import { comparedOf, comparisonOf, undecided } from './documents.js';

const comparison = comparisonOf([comparedOf(), undecided]);
const place = { file: 'src/parse.ts', line: 12, function: 'parse', side: 'b' } as const;

function labelled(reach: Reach): Comparison {
  return { ...comparison, comparisons: comparison.comparisons.map((row) => ({ ...row, reach })) };
}

describe('whether the diff reaches a probe', () => {
  test.each<[Reach, string]>([
    [{ label: 'reachable', places: [place] }, 'The diff reaches it through src/parse.ts:12 (parse).'],
    [
      {
        label: 'reachable',
        places: [{ ...place, side: 'a' }, ...[1, 2, 3, 4].map((line) => ({ ...place, line }))],
      },
      'The diff reaches it through src/parse.ts:12 (parse, what was there before), src/parse.ts:1 (parse), src/parse.ts:2 (parse) and 2 more functions.',
    ],
    [
      { label: 'not-executed' },
      'The diff is not executed by this probe. Measure again before you believe the change.',
    ],
    [
      { label: 'unknown', reason: 'yarn.lock differs' },
      'Whether the diff reaches it is unknown: yarn.lock differs.',
    ],
    [
      { label: 'benchmark-changed', reason: 'its code differs' },
      'The benchmark itself changed, so the two are not comparable: its code differs.',
    ],
  ])('%j is said', (reach, sentence) => {
    expect(reachSentence({ verdict: 'regressed', reach })).toBe(sentence);
  });

  test('is said beside changes alone, but for a changed benchmark', () => {
    expect(reachSentence({ verdict: 'equivalent', reach: { label: 'not-executed' } })).toBeUndefined();
    expect(reachSentence({ verdict: 'equivalent', reach: { label: 'benchmark-changed' } })).toMatch(
      /not comparable/,
    );
    expect(reachSentence({ verdict: 'regressed' })).toBeUndefined();
    expect(reachSentence({ verdict: 'undecided', reach: { label: 'not-executed' } })).toBe(
      'The diff is not executed by this probe.',
    );
  });

  test('stands in the text, the Markdown and the page, and in none of them where nobody looked', () => {
    const reach: Reach = { label: 'reachable', places: [place] };
    const renderers = [renderText, renderMarkdown, renderHtml] as const;
    for (const render of renderers) {
      expect(render({ comparison: labelled(reach) })).toMatch(/src\/parse\.ts:12/);
      expect(render({ comparison })).not.toMatch(/The diff|Reach of the diff/);
    }
  });

  test('is neutral whatever files and functions are called', () => {
    const hostile = { ...place, file: '<img src=x>\u001b[31m', function: '`|@everyone' };
    const reach: Reach = { label: 'reachable', places: [hostile] };
    expect(renderText({ comparison: labelled(reach) })).not.toContain('\u001b');
    expect(renderHtml({ comparison: labelled(reach) })).not.toContain('<img src=x>');
    expect(renderMarkdown({ comparison: labelled(reach) })).not.toMatch(/<img|@everyone/);
  });
});
