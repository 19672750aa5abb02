import type { ComparedContext } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderText } from '../src/index.js';
import { adviceDocument, dashboardRun, trendDocument } from './dashboard-documents.js';
import { comparedOf, comparisonOf, plainRun } from './documents.js';

const input = { run: dashboardRun(), trend: trendDocument(), advice: adviceDocument() };
const page = renderHtml(input, { interactive: false });
const text = renderText(input);

/** A section of the page by its id. */
function sectionOf(id: string): string {
  return new RegExp(`<section id="${id}">[\\s\\S]*?</section>`).exec(page)?.[0] ?? 'no such section';
}

describe('the page', () => {
  test('links every section it has, and has no empty ones', () => {
    const ids = [...page.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id as string);
    expect(ids.slice(0, 7)).toEqual([
      'overview',
      'gates',
      'advice',
      'leaks',
      'load',
      'scalability',
      'trends',
    ]);
    for (const id of ids) expect(page).toContain(`id="${id}"`);
    const plain = renderHtml({ run: plainRun() }, { interactive: false });
    expect(plain).not.toMatch(/id="(gates|advice|leaks|load|scalability|trends|hot|memory|timeline)"/);
  });

  test('names a leak, then what regressed, then a failed gate in the overview', () => {
    const words = [
      ...page.matchAll(/class="o-verdict"><span class="badge \S+"><i[^>]*>.<\/i> ([^<]+)</g),
    ].map(([, word]) => word);
    expect(words.slice(0, 4)).toEqual(['failed', 'leaking', 'regressed, minor', 'gate failed']);
    expect(page).toContain('<b>821 B of heap per iteration</b>');
  });

  test('lists gates, worst first, with limit, figure and place', () => {
    const states = [...sectionOf('gates').matchAll(/<\/i> ([^<]+)<\/span>/g)].map(([, word]) => word);
    expect(states).toEqual(['failed', 'not measured', 'undecided', 'passed']);
    expect(sectionOf('gates')).toContain('96.8 % (96.6 to 97.0 %, 5 processes)');
  });

  test('draws the growth of a leak and names its culprit and the objects that grew', () => {
    const leaks = sectionOf('leaks');
    expect(leaks).toContain(
      'Held by … › Map registry › Array › Session, made at /srv/shop/src/registry.js:41',
    );
    expect(leaks).toContain('Growth: heap');
    expect(leaks).toContain('<bdi>11.5k</bdi>');
    expect(leaks.match(/<path class="line"/g)?.length).toBe(20);
  });

  test('lists the stages of a load with its errors by kind', () => {
    expect(sectionOf('load')).toContain('31 timeout, 12 http 503, 4 ECONNRESET');
    expect(sectionOf('load')).toContain('100 in flight');
  });

  test('draws the law of scalability with the ranges of knee and peak', () => {
    const scalability = sectionOf('scalability');
    expect(scalability).toContain('34.5 (30.0 to 40.2)');
    expect(scalability.match(/<rect class="mark"/g)?.length).toBe(2);
    expect(scalability.match(/<circle class="dot"/g)?.length).toBe(30);
  });

  test('marks change points and lists alerts', () => {
    const trends = sectionOf('trends');
    expect(trends).toContain('open, minor');
    expect(trends).toContain('23 % slower from 1004977 on (between 1004788 and 1004b66).');
    expect(trends.match(/<rect class="mark"/g)?.length).toBe(1);
    expect(trends).toContain('(outlier): 171 ns');
  });

  test('says of advice what it rests on, and of a language model that it is one', () => {
    const advice = sectionOf('advice');
    expect(advice.indexOf('A map of sessions')).toBeLessThan(advice.indexOf('Every lookup allocates'));
    expect(advice).toContain(
      '<b>Written by a language model</b> (<bdi>example-model-1</bdi>), not measured.',
    );
    expect(advice).toContain('<a href="#advice-2">[2]</a>');
    expect(advice).toContain('perfkit run --only &#34;churn&#34;');
  });

  test('says what observing and profiling cost', () => {
    expect(page).toContain(
      'What profiling costs the measured code is 19.0 % of time (12.0 to 25.0 %, 2 processes)',
    );
  });

  test('of a trend alone has its series', () => {
    const alone = renderHtml({ trend: trendDocument() }, { interactive: false });
    expect(alone).toContain('<p class="headline">2 series: 1 change point, 1 alert open.</p>');
    expect(alone).not.toContain('id="overview"');
  });
});

describe('the text', () => {
  test('has the same in brief', () => {
    const order = [
      'Failed\n',
      'Gates\n',
      'Leaks\n',
      'Regressed\n',
      'Load\n',
      'Measured, without a baseline\n',
      'Trends\n',
      'Advice\n',
      'Overhead\n',
    ];
    const places = order.map((title) => text.indexOf(`\n${title}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('  1 of 4 passed.\n');
    expect(text).toContain('critical: cache › churn keeps nothing: A map of sessions grows');
  });

  test('has nothing of what the run does not hold', () => {
    expect(renderText({ run: plainRun() })).not.toMatch(/^(Gates|Leaks|Load|Trends|Advice|Overhead)$/m);
  });
});

describe('what is not judged', () => {
  const row: ComparedContext = {
    probe: { suite: 'cart <b>', name: 'total', kind: 'bench', params: {} },
    metric: 'gc',
    unit: 'ns',
    better: 'lower',
    ratio: 1.21,
    low: 0.93,
    high: 1.57,
    confidence: 0.95,
    p: 0.3,
    processes: { a: 3, b: 4 },
    center: { a: 100, b: 121 },
  };
  const comparison = comparisonOf([comparedOf()], { context: [row] });

  test('stands on the page and in the text alike', () => {
    const html = renderHtml({ run: plainRun(), comparison }, { interactive: false });
    const section = /<section id="context">[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
    expect(section).toContain('cart &lt;b&gt; › total');
    for (const cell of ['garbage collection', '21 % slower', '-7 % to +57 %', '4 vs 3']) {
      expect(section).toContain(cell);
      expect(renderText({ run: plainRun(), comparison }, { width: 160 })).toContain(cell);
    }
  });

  test('is left out where there is none', () => {
    const html = renderHtml(
      { run: plainRun(), comparison: comparisonOf([comparedOf()]) },
      { interactive: false },
    );
    expect(html).not.toContain('id="context"');
  });
});
