import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../src/index.js';
import { adviceDocument, dashboardRun, trendDocument } from './dashboard-documents.js';
import { comparedOf, comparisonOf, fullRun, getHit } from './documents.js';

/** A comparison of one probe with that name. */
function named(name: string): string {
  return renderMarkdown({
    comparison: comparisonOf([comparedOf({ probe: { ...getHit, name, params: {} } })]),
  });
}

/** The cell of the probe's name in the first row. */
function cellOf(markdown: string): string {
  return (/^\| 🔺[^|]*\| cache › ([^|]*) \|/mu.exec(markdown)?.[1] ?? 'no such row').trim();
}

describe('a report for a pull request', () => {
  const input = { run: dashboardRun(), trend: trendDocument(), advice: adviceDocument(), title: 'Nightly' };
  const markdown = renderMarkdown(input, { marker: 'perfkit-report' });

  test('leads with its marker, the headline and what failed, regressed or is undecided', () => {
    expect(markdown.startsWith('<!-- perfkit-report -->\n## Nightly\n\n**1 of 4 comparisons regressed')).toBe(
      true,
    );
    const order = [
      '### Failed',
      '| 🔺 regressed, **minor** |',
      '| ❔ undecided |',
      '### Gates',
      '### Leaks',
      '### Trends',
      '### Advice',
      '<details>',
    ];
    const places = order.map((part) => markdown.indexOf(part));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('gives each change with its interval and its processes', () => {
    expect(markdown).toContain(
      '| 🔺 regressed, **minor** | cache › get, hit | time | 23 % slower | +18 % to +29 % | 7 vs 7 |',
    );
  });

  test('collapses what needs no attention, with a blank line before its table', () => {
    expect(markdown).toContain('<details>\n<summary>2 improved or equivalent</summary>\n\n| verdict |');
    expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
  });

  test('ends with the machine and the source', () => {
    expect(markdown.trimEnd().split('\n').at(-1)).toMatch(/^<sub>.*AMD EPYC 7763, 8 cores.*<\/sub>$/);
  });

  test('keeps a marker to what a comment can hold', () => {
    expect(renderMarkdown(input, { marker: 'a --> <b>@x' }).split('\n')[0]).toBe('<!-- abx -->');
  });
});

describe('a report that does not fit', () => {
  const many = comparisonOf(
    Array.from({ length: 2000 }, (_, index) =>
      comparedOf({
        probe: { ...getHit, name: `probe ${index}`, params: {} },
        ratio: 1.2 + index / 1000,
        high: 4,
      }),
    ),
  );

  test.each([2000, 5000, 65_536])(
    'keeps to %i code units, its worst rows, and says how many are missing',
    (maxLength) => {
      const markdown = renderMarkdown({ run: fullRun(), comparison: many }, { maxLength });
      expect(markdown.length).toBeLessThanOrEqual(maxLength);
      const rows = markdown.match(/^\| 🔺/gmu)?.length ?? 0;
      const left = Number(/(\d+) more comparisons did not fit/.exec(markdown)?.[1] ?? 0);
      expect(rows + left).toBe(2000);
      expect(rows).toBeGreaterThan(0);
      expect(markdown).toContain('probe 1999');
      expect(markdown).not.toContain('probe 0 ');
    },
  );

  test('also where names are as long as can be', () => {
    const run = dashboardRun();
    const long = JSON.parse(JSON.stringify(run).replaceAll('cache', '\u0301|'.repeat(240))) as typeof run;
    for (const maxLength of [2000, 4000]) {
      expect(
        renderMarkdown({ run: long, title: `e${'\u0301'.repeat(3000)}` }, { maxLength }).length,
      ).toBeLessThanOrEqual(maxLength);
    }
  });
});

// What GitHub's renderer gives a meaning to, by its specification (GFM 0.29) and its documentation of references.
describe('text from outside', () => {
  test.each([
    ['a|b', 'a&#124;b'],
    ['`code`', '&#96;code&#96;'],
    ['**bold** _it_ ~~no~~', '&#42;&#42;bold&#42;&#42; &#95;it&#95; &#126;&#126;no&#126;&#126;'],
    ['[text](https://example.com)', '&#91;text&#93;(https:\u200b//example.com)'],
    ['![](https://example.com/x.png)', '&#33;&#91;&#93;(https:\u200b//example.com/x.png)'],
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['<!-- x', '&#60;&#33;-- x'],
    ['&lt;b&gt;', '&#38;lt;b&#38;gt;'],
    ['@octocat', '@\u200boctocat'],
    ['see #12 and GH-7', 'see #\u200b12 and GH\u200b-7'],
    ['www.example.com', 'www\u200b.example.com'],
    ['me@example.com', 'me@\u200bexample.com'],
    ['deadbeefcafe', 'dead\u200bbeefcafe'],
    ['$x$', '&#36;x&#36;'],
    ['one\ntwo', 'one&#92;ntwo'],
    ['back\\slash', 'back&#92;slash'],
  ])('%j is shown and does nothing', (name, shown) => {
    expect(cellOf(named(name))).toBe(shown);
  });

  test.each(['- item', '# heading', '1. item', '+ item', '=== line'])(
    'a title %j starts no block',
    (title) => {
      const line = renderMarkdown({ run: fullRun(), title }).split('\n')[0] as string;
      expect(line).toMatch(/^## (&#\d+;|1&#46;)/);
    },
  );
});
