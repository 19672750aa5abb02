import { type Measurement, measurementOf, type ProbeId, type Run } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { renderHtml, renderJunit, renderMarkdown, renderText } from '../src/index.js';
import { failing, getHit, getMiss, measured, parse, runOf } from './documents.js';

const point = (probe: ProbeId) => ({ ...probe, params: { ...probe.params } });

function expected(probe: ProbeId, index: number, message = 'no such table'): Measurement {
  const { error, status: _, ...body } = failing(probe, index, { code: 'TypeError', message }, 'failed');
  const { process, startedAt, elapsed, seed } = body;
  const parts = { probe, process, startedAt, elapsed, seed };
  return measurementOf({ ...parts, status: 'ok', failedAsExpected: true, ...(error && { error }) });
}

/** One probe that is measured, one that fails as expected in two processes, one skipped and two left out. */
function markedRun(more: Partial<Run> = {}): Run {
  const other = (name: string) => ({ probe: point({ ...getHit, name }), reason: 'only' as const });
  return runOf(
    [
      ...measured({ probe: getHit, times: [131, 129, 130, 134, 132, 131] }),
      expected(getMiss, 0),
      expected(getMiss, 1),
    ],
    { skipped: [{ probe: point(parse), reason: 'skip' }, other('x'), other('y')], ...more },
  );
}

describe('probes that their files mark', () => {
  test('are told apart from failures, in the headline and each for itself', () => {
    const text = renderText({ run: markedRun() });
    expect(text).toContain(
      '1 probe measured. There is no baseline, so nothing is judged. 1 probe failed as expected. 1 probe skipped. 2 probes left out by only().',
    );
    expect(text).toContain(`
Failed as expected
  cache › get, miss (size=1000) failed as expected in 2 of 2 processes: no such table

Not measured
  parser › parse (input=large.json) is skipped: it is marked with skip().
  2 probes left out: only() marks what was measured in their place.
`);
    expect(text).not.toContain('\nFailed\n');
  });

  test('stand on the page, with a badge of their own', () => {
    const html = renderHtml({ run: markedRun() });
    expect(html).toContain('Set aside');
    expect(html).toContain('failed as expected in 2 of 2 processes: no such table');
    expect(html).toContain('is skipped: it is marked with skip().');
    expect(html).toMatch(/class="badge expected-failure"/);
  });

  test('pass or are skipped in JUnit, which counts them', () => {
    const xml = renderJunit({ run: markedRun() });
    expect(xml).toContain('tests="5" failures="0" errors="0" skipped="3"');
    expect(xml).toMatch(
      /<testcase [^>]*name="parse \(input=large.json\)"[^>]*>\s*<skipped message="marked with skip\(\)"\/>/,
    );
    expect(xml).toContain('<skipped message="left out: others are marked with only()"/>');
    expect(xml).toMatch(/<system-out>cache › get, miss \(size=1000\) failed as expected/);
  });

  test('fold in Markdown', () => {
    const markdown = renderMarkdown({ run: markedRun() });
    expect(markdown).toContain('Set aside by marks');
    expect(markdown).toContain('failed as expected in 2 of 2 processes');
  });

  test('are named up to twenty, and counted beyond', () => {
    const skipped = Array.from({ length: 23 }, (_, index) => ({
      probe: point({ ...getHit, name: `probe ${index}` }),
      reason: 'skip' as const,
    }));
    const text = renderText({ run: markedRun({ skipped }) });
    expect(text).toContain('cache › probe 19 is skipped');
    expect(text).not.toContain('cache › probe 20 is skipped');
    expect(text).toContain('3 more are marked with skip().');
  });

  test('neither act nor hide, whatever they are called and throw', () => {
    const evil = '\u001b[2J<script>alert(1)</script>\u202e';
    const probe = { ...getHit, name: evil };
    const run = runOf([expected(probe, 0, evil)], { skipped: [{ probe: point(probe), reason: 'skip' }] });
    for (const drawn of [
      renderText({ run }),
      renderHtml({ run }),
      renderMarkdown({ run }),
      renderJunit({ run }),
    ]) {
      expect(drawn).not.toContain('\u001b');
      expect(drawn).not.toContain('\u202e');
    }
    expect(renderHtml({ run })).not.toContain('<script>alert');
  });
});
