import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderText } from '../src/index.js';
import { hostileTexts, reportOf, tagsOf } from './hostile.js';

const anyText = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.string({ minLength: 1 }),
  fc.array(fc.constantFrom(...hostileTexts), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
);
/** What a terminal would obey rather than show. The newline is the report's own. */
const acts = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]/u;
const benign = tagsOf(renderHtml(reportOf('benign')));

/** Lines but for the last output of a failed process: that may have several, each behind a bar. */
function ownLines(text: string): number {
  return text.split('\n').filter((line) => !line.startsWith('    | ')).length;
}

describe.each(hostileTexts)('the text %j in every field', (text) => {
  test('neither acts in the terminal nor starts lines of its own', () => {
    const rendered = renderText(reportOf(text));
    expect(rendered).not.toMatch(acts);
    expect(ownLines(rendered)).toBe(ownLines(renderText(reportOf('benign'))));
  });

  test('adds no tag, attribute or comment to the page', () => {
    const page = renderHtml(reportOf(text));
    expect(tagsOf(page)).toEqual(benign);
    expect(page).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect(page.replaceAll('\n', '')).not.toMatch(acts);
  });
});

test('no text whatever acts in the terminal', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(renderText(reportOf(text))).not.toMatch(acts);
    }),
    { numRuns: 60 },
  );
});

test('no text whatever becomes a tag of the page', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(tagsOf(renderHtml(reportOf(text)))).toEqual(benign);
    }),
    { numRuns: 40 },
  );
});
