import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderJunit, renderMarkdown, renderText } from '../src/index.js';
import { dashboardOf, hostileTexts, reportOf, tagsOf } from './hostile.js';

const anyText = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.string({ minLength: 1 }),
  fc.array(fc.constantFrom(...hostileTexts), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
);
/** What a terminal would obey rather than show. The newline is the report's own. */
const acts = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]/u;
const benign = tagsOf(renderHtml(reportOf('benign')));
const benignStill = tagsOf(renderHtml(dashboardOf('benign'), { interactive: false }));
const benignDashboard = tagsOf(renderHtml(dashboardOf('benign')));
/** Elements of an XML text, and whether each ends. */
const elementsOf = (text: string): string[] => [...text.matchAll(/<\/?[\w-]+|\/>/g)].map(([tag]) => tag);

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

  test('adds none to the dashboard, and stays text for its charts', () => {
    const page = renderHtml(dashboardOf(text));
    expect(tagsOf(page)).toEqual(benignDashboard);
    expect(page.replaceAll('\n', '')).not.toMatch(acts);
    const figures = /<script type="application\/json" id="figures">([\s\S]*?)<\/script>/.exec(
      page,
    )?.[1] as string;
    const strings: string[] = [];
    JSON.parse(figures, (key, value: unknown) => {
      if (typeof value === 'string' && key !== 'hovertemplate') strings.push(value);
      return value;
    });
    expect(strings.filter((each) => /[<>]|&(?!(?:amp|lt|gt);)/.test(each))).toEqual([]);
    // Templates are filled in: they are the report's own, whatever the names.
    for (const [template] of figures.matchAll(/"hovertemplate":"[^"]*"/g)) {
      expect(template).toMatch(/^"hovertemplate":"(?:[\w%{}:.~+ /µ]|\\u003c\/?(?:b|br|extra)>)*"$/);
    }
  });

  test('neither formats, links nor pings in Markdown, nor starts lines', () => {
    const markdown = renderMarkdown(dashboardOf(text));
    const lines = (report: string): string[] => report.split('\n').map((line) => line.replace(/[^|].*/, ''));
    expect(lines(markdown)).toEqual(lines(renderMarkdown(dashboardOf('benign'))));
    const tags = /<(?!!-- |sub>|\/sub>|details>|\/details>|summary>|\/summary>)/;
    expect(markdown).not.toMatch(tags);
  });

  test('is text in JUnit, which XML 1.0 allows', () => {
    const junit = renderJunit(dashboardOf(text));
    expect(elementsOf(junit)).toEqual(elementsOf(renderJunit(dashboardOf('benign'))));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
    expect(junit).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(junit).not.toMatch(/\p{Cs}/u);
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
      expect(tagsOf(renderHtml(dashboardOf(text), { interactive: false }))).toEqual(benignStill);
    }),
    { numRuns: 40 },
  );
});
