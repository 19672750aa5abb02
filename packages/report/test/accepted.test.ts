import { describe, expect, test } from 'vitest';
import { renderHtml, renderJunit, renderMarkdown, renderText } from '../src/index.js';
import { waiverSentence } from '../src/words/waiver.js';
import { comparedOf, comparisonOf } from './documents.js';

const waiver = { reason: 'a new parser, see #12', until: '2026-12-31', holds: true };

describe('a regression that is accepted for a while', () => {
  test.each([
    [comparedOf({ waiver }), 'Accepted until 2026-12-31: a new parser, see #12.'],
    [
      comparedOf({ waiver, severity: 'critical' }),
      'Accepted although it is critical until 2026-12-31: a new parser, see #12.',
    ],
    [
      comparedOf({ waiver: { ...waiver, holds: false } }),
      'Was accepted until 2026-12-31, which is over: a new parser, see #12.',
    ],
    [
      comparedOf({ waiver: { ...waiver, holds: false }, severity: 'critical' }),
      'A waiver until 2026-12-31 does not cover critical regressions (a new parser, see #12).',
    ],
    [comparedOf(), undefined],
  ])('is said so', (compared, sentence) => {
    expect(waiverSentence(compared)).toBe(sentence);
  });

  test('says so in every report, and is no failure of a test case while it holds', () => {
    const accepted = comparisonOf([comparedOf({ waiver })]);
    for (const render of [renderText, renderMarkdown, renderHtml, renderJunit]) {
      expect(render({ comparison: accepted }), render.name).toContain('Accepted until 2026-12-31');
    }
    expect(renderHtml({ comparison: accepted })).toContain('accepted until 2026-12-31');
    const failOn = { severity: 'minor' } as const;
    expect(renderJunit({ comparison: accepted }, failOn)).not.toContain('<failure');
    const over = comparisonOf([comparedOf({ waiver: { ...waiver, holds: false } })]);
    expect(renderJunit({ comparison: over }, failOn)).toContain('<failure');
  });

  test('is neutral whatever the reason says', () => {
    const hostile = comparedOf({ waiver: { ...waiver, reason: '<img src=x>\u001b[31m`x`' } });
    expect(renderText({ comparison: comparisonOf([hostile]) })).not.toContain('\u001b');
    expect(renderHtml({ comparison: comparisonOf([hostile]) })).not.toContain('<img src');
  });
});
