import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderJson } from '../src/index.js';
import { comparedOf, comparisonOf, fullRun, getHit, measured, plainRun, runOf } from './documents.js';

/** The page's policy, as a browser reads it. */
function policyOf(page: string): string {
  const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  return policy.replaceAll('&#39;', "'");
}

describe('the page', () => {
  const page = renderHtml({ run: fullRun(), title: 'Nightly' });

  test('leads with the verdict and links every probe, worst first', () => {
    expect(page).toContain(
      '<p class="headline">1 of 4 comparisons regressed, 1 improved, 1 undecided, 1 equivalent. 1 probe failed.</p>',
    );
    const links = [...page.matchAll(/<a href="#(probe-\d+)"><bdi>([^<]*)</g)].map(([, , title]) => title);
    expect(links).toEqual([
      'cache › evict',
      'cache › get, hit',
      'cache › get, miss (size=1000)',
      'parser › encode',
      'parser › parse (input=large.json)',
    ]);
    for (const [, id] of page.matchAll(/<a href="#(probe-\d+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test('holds the sentences of the text report', () => {
    expect(page).toContain(
      'cache › get, hit is 23 % slower than the baseline (95 % interval +18 % to +29 %, 7 against 7 processes): minor regression beyond its threshold of 15 %.',
    );
  });

  test('draws each dot with its value, and describes every drawing in words', () => {
    expect(page).toContain('<title>process 3: 134 ns</title>');
    for (const [svg] of page.matchAll(/<svg[\s\S]*?<\/svg>/g)) {
      expect(svg).toContain('role="img"');
      const [, title, description] = /aria-labelledby="(\S+) (\S+)"/.exec(svg) as unknown as string[];
      expect(svg).toContain(`<title id="${title}">`);
      expect(svg).toContain(`<desc id="${description}">`);
    }
  });

  test('says of a resource that could not be read why', () => {
    expect(page).toContain('unavailable: this kernel has no /proc/stat');
    expect(page).toContain('64 to 65.5 MiB'.replace('64 ', '64.0 '));
  });

  test('has ids that are unique', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('forbids itself to fetch or send anything, and runs two scripts alone, known by their hashes', () => {
    const policy = policyOf(page);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-[\w+/]{43}=' 'sha256-[\w+/]{43}='; img-src data:$/,
    );
    const [loader] = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text as string);
    expect(policy).toContain(
      createHash('sha256')
        .update(loader as string)
        .digest('base64'),
    );
    expect(page.match(/<script/g)?.length).toBe(3);
    expect(page).not.toMatch(/<link|url\(|@import|https?:/i);
  });

  test('holds no script at all where it is not to be interactive, and everything else', () => {
    const still = renderHtml({ run: fullRun(), title: 'Nightly' }, { interactive: false });
    expect(policyOf(still)).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
    expect(still).not.toMatch(/<script|data-figure|<link|url\(|@import|https?:/i);
    expect(still.match(/<svg/g)).toEqual(page.match(/<svg/g));
    expect(still.match(/<table/g)).toEqual(page.match(/<table/g));
  });

  test('warns above all figures when the two sides come from different environments', () => {
    const variants = (environment: string): string =>
      renderHtml({
        comparison: comparisonOf([comparedOf()], {
          variants: { a: { label: 'main', environment }, b: { label: 'this change', environment: 'one' } },
        }),
      });
    const warning = '<p class="warning"><b>Warning:</b> the two sides were measured on different machines';
    expect(variants('other')).toContain(warning);
    expect(variants('other').indexOf(warning)).toBeLessThan(variants('other').indexOf('class="cards"'));
    expect(variants('one')).not.toContain('class="warning"');
  });

  test.each(['interrupted', 'running'] as const)('of a run that is %s shows what it has', (status) => {
    const run = plainRun({ status });
    delete run.finishedAt;
    const partial = renderHtml({ run });
    expect(partial).toContain(status === 'running' ? 'it was killed, or goes on still' : 'was interrupted');
    expect(partial).toContain('takes 131 ns per operation (95 % interval 129 to 134 ns, 7 processes).');
    expect(partial).toContain('<b>131 ns</b> <span class="range">129 to 134 ns</span>');
  });

  test('holds the intervals of a run to the confidence that it was asked for', () => {
    const measurements = measured({ probe: getHit, times: [131, 129, 134, 130, 132] });
    const asked = (confidence: number): string => renderHtml({ run: runOf(measurements, { confidence }) });
    expect(asked(0.9)).toContain('(90 % interval 129 to 134 ns, 5 processes)');
    expect(asked(0.9)).toContain('90 % of such intervals would hold the true figure');
    expect(asked(0.9)).toContain('<span class="range">129 to 134 ns</span>');
    expect(asked(0.99)).toContain('(93.7 % interval 129 to 134 ns, 5 processes: too few for 99 %)');
    expect(asked(0.99)).toContain('<span class="range">129 to 134 ns at 93.7 %</span>');
  });

  test('draws a bare comparison from its values', () => {
    const bare = renderHtml({ comparison: comparisonOf([comparedOf()]) });
    expect(bare.match(/<circle/g)?.length).toBe(15);
    expect(bare).toContain('Performance comparison');
  });

  test('of 200 probes with 10 processes and 1000 samples each stays below 5 MB', () => {
    const run = runOf([]);
    const measurements = Array.from({ length: 200 }, (_, index) =>
      measured({
        probe: { suite: `suite ${index % 5}`, name: `probe ${index}`, kind: 'bench', params: {} },
        times: Array.from({ length: 10 }, (__, process) => 100 + index + process),
        samples: 1000,
      }),
    ).flat();
    const summaries = (plainRun().summaries ?? []).slice(0, 1);
    const large = {
      ...run,
      measurements,
      summaries: measurements
        .filter(({ process }) => process.index === 0)
        .flatMap(({ probe }) => summaries.map((summary) => ({ ...summary, probe }))),
    };
    expect(renderHtml({ run: large }).length).toBeLessThan(5e6);
  });
});

test('templates put nothing into the page unescaped but other templates and the scripts', () => {
  const folder = new URL('../templates/', import.meta.url);
  for (const file of readdirSync(folder)) {
    const raw = [...readFileSync(new URL(file, folder), 'utf8').matchAll(/<%-\s*([\w.]+)/g)].map(
      ([, name]) => name,
    );
    expect(raw.filter((name) => name !== 'include')).toEqual(
      file === 'page.ejs' ? ['view.dashboard.scripts'] : [],
    );
  }
});

test('JSON is the document itself, indented, with a newline at the end', () => {
  const json = renderJson(fullRun());
  expect(JSON.parse(json)).toEqual(fullRun());
  expect(json).toMatch(/^\{\n {2}"schema": "perf\/run@1"[\s\S]*\}\n$/);
});
