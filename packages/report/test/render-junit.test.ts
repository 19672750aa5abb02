import { describe, expect, test } from 'vitest';
import { renderJunit } from '../src/index.js';
import { adviceDocument, dashboardRun, trendDocument } from './dashboard-documents.js';
import { comparedOf, comparisonOf } from './documents.js';

describe('a report for Jenkins and GitLab', () => {
  const junit = renderJunit({ run: dashboardRun(), trend: trendDocument(), advice: adviceDocument() });
  const caseOf = (name: string, text = junit): string =>
    new RegExp(`<testcase classname="[^"]*" name="${name}"[\\s\\S]*?</testcase>`).exec(text)?.[0] ?? '';

  test('counts the test cases of each suite and of all', () => {
    expect(junit).toContain('<testsuites name="perfkit" tests="12" failures="3" errors="1" skipped="0"');
    for (const [, counts, body] of junit.matchAll(/<testsuite ([^>]*)>([\s\S]*?)<\/testsuite>/g)) {
      for (const [attribute, element] of [
        ['tests', /<testcase/g],
        ['failures', /<failure/g],
        ['errors', /<error/g],
      ] as const) {
        expect(counts).toContain(`${attribute}="${body?.match(element)?.length ?? 0}"`);
      }
    }
  });

  test('fails a leak and a failed gate, and calls a crash an error', () => {
    expect(caseOf('churn keeps nothing')).toContain(
      '<failure message="cache › churn keeps nothing leaks heap',
    );
    expect(caseOf('checkout, peak')).toContain('hit rate must be at least 98 % and reads 96.8 %');
    expect(caseOf('evict')).toContain('<error message="crashed in 2 of 7 processes');
  });

  test('fails nothing but what did not run where nothing is to fail, and leaks only where they are to', () => {
    const never = renderJunit({ run: dashboardRun() }, { severity: 'never' });
    expect(never).toMatch(/^<testsuites [^>]*failures="0" errors="1"/m);
    const withoutLeaks = renderJunit({ run: dashboardRun() }, { failOnLeak: false });
    expect(withoutLeaks).toMatch(/^<testsuites [^>]*failures="2" errors="1"/m);
  });

  test('fails a regression from the severity on that is asked for', () => {
    expect(caseOf('get, hit')).not.toMatch(/<failure message="[^"]*slower/);
    expect(caseOf('get, hit', renderJunit({ run: dashboardRun() }, { severity: 'minor' }))).toContain(
      '<failure message="cache › get, hit is 23 % slower',
    );
    const comparison = comparisonOf([comparedOf({ ratio: 3.4, high: 3.6, low: 3.2, severity: 'critical' })]);
    expect(renderJunit({ comparison })).toContain('3.40 × slower');
    expect(renderJunit({ comparison })).toContain('failures="1"');
  });

  test('passes what is undecided, and says so in its output', () => {
    const text = caseOf('get, miss \\(size=1000\\)');
    expect(text).not.toContain('<failure');
    expect(text).toContain('undecided at its threshold of 5 %');
  });

  test('gives seconds, and the machine as properties', () => {
    expect(caseOf('get, hit')).toContain('time="8.400"');
    expect(junit).toContain('<property name="machine" value="AMD EPYC 7763, 8 cores, linux x64, Node 20"/>');
  });

  test('fails a series whose open alert is severe enough', () => {
    const least = renderJunit({ trend: trendDocument() }, { severity: 'minor' });
    expect(caseOf('cache › get, hit: time', least)).toContain(
      '<failure message="The level rose by 23 % and stayed."',
    );
    expect(caseOf('cache › get, hit: time')).not.toContain('<failure');
  });
});
