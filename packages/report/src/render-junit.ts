import type { Run, Severity, Trend } from '@perf/schema';
import {
  caseOf,
  type FailRules,
  failureElement,
  isAtLeast,
  isBroken,
  skippedCase,
  type TestCase,
  testCase,
} from './junit/test-case.js';
import { type XmlElement, xml } from './junit/xml.js';
import { probeReports } from './probe-report.js';
import { environmentLine, factText, sourceLine } from './provenance.js';
import { comparisonOf, type ReportInput } from './report-input.js';
import { visible } from './visible.js';
import { askedOf } from './words/confidence.js';
import { gateSentence, gateSubject } from './words/gate.js';
import { changePointText, seriesName } from './words/trend.js';

/** What counts as a failed test. */
export interface JunitOptions {
  /**
   * The severity from which on a regression is a failure. Default `critical`; with `never`, neither regressions nor
   * gates nor leaks are.
   */
  readonly severity?: Severity | 'never' | undefined;
  /** Whether a leak is one. Default true. */
  readonly failOnLeak?: boolean | undefined;
}

/**
 * A report as JUnit XML, which Jenkins, GitLab and others read: a test suite per suite, a test case per probe.
 *
 * A regression from the given severity on, a gate that did not hold or was not measured, and a leak are failures; a probe that did not end well is an
 * error. What is undecided passes and says so in its output: a test report has no word for it. Limits on the whole run
 * stand in a suite `run`, series in a suite `trends`.
 *
 * @returns XML 1.0 with a newline at the end.
 * @throws {ReportError} `report/empty` if the input holds neither a run, a comparison nor a trend.
 *
 * Cost: O(size of the documents).
 */
export function renderJunit(
  input: ReportInput,
  { severity = 'critical', failOnLeak = true }: JunitOptions = {},
): string {
  const rules: FailRules = { severity, leaks: failOnLeak && severity !== 'never' };
  const { run, trend } = input;
  const comparison = comparisonOf(input);
  const asked = askedOf(run, comparison);
  const suites = new Map<string, TestCase[]>();
  for (const report of probeReports(run, comparison)) {
    const cases = suites.get(report.probe.suite) ?? [];
    suites.set(report.probe.suite, cases);
    cases.push(testCase(report, asked, rules));
  }
  for (const skipped of run?.skipped ?? []) {
    const cases = suites.get(skipped.probe.suite) ?? [];
    suites.set(skipped.probe.suite, cases);
    cases.push(skippedCase(skipped));
  }
  const all = [
    ...[...suites].map(([name, cases]) => ({ name, cases })),
    ...[
      { name: 'run', cases: runCases(run, rules) },
      { name: 'trends', cases: trendCases(trend, rules) },
    ].filter(({ cases }) => cases.length > 0),
  ];
  const root: XmlElement = {
    name: 'testsuites',
    attributes: { name: input.title ?? 'perfkit', ...counts(all.flatMap(({ cases }) => cases)) },
    children: all.map(({ name, cases }) => ({
      name: 'testsuite',
      attributes: { name, ...counts(cases), ...(run === undefined ? {} : { timestamp: run.startedAt }) },
      children: [...properties(run), ...cases.map(({ element }) => element)],
    })),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root)}`;
}

function counts(cases: readonly TestCase[]): Record<string, string> {
  const of = (outcome: TestCase['outcome']): string =>
    String(cases.filter((each) => each.outcome === outcome).length);
  return {
    tests: String(cases.length),
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
    time: cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
}

/** Machine, source and what held at the moment of the run. */
function properties(run: Run | undefined): XmlElement[] {
  if (run === undefined) return [];
  const pairs = [
    ['machine', environmentLine(run)],
    ['environment key', run.environment.key],
    ['source', sourceLine(run)],
    ['run', run.id],
    ['tool', `${run.tool.name} ${run.tool.version}`],
    ['seed', String(run.seed)],
    ...Object.entries(run.environment.volatile).map(([name, fact]) => [name, factText(fact)] as const),
  ] as const;
  return [
    {
      name: 'properties',
      attributes: {},
      children: pairs
        .filter(([, value]) => value !== '')
        .map(([name, value]) => ({ name: 'property', attributes: { name, value } })),
    },
  ];
}

/** Limits on the run as a whole. */
function runCases(run: Run | undefined, rules: FailRules): TestCase[] {
  return (run?.gates ?? [])
    .filter(({ probe }) => probe === undefined)
    .map((gate) => {
      const broken = isBroken(gate, rules) ? [gateSentence(gate)] : [];
      return {
        outcome: broken.length > 0 ? 'failure' : 'passed',
        seconds: 0,
        element: caseOf('run', gateSubject(gate), 0, failureElement(broken), [gateSentence(gate)]),
      };
    });
}

/** A series fails while an alert on it is open that is severe enough. */
function trendCases(trend: Trend | undefined, rules: FailRules): TestCase[] {
  return (trend?.series ?? []).map((series) => {
    const broken = (trend?.alerts ?? [])
      .filter(
        ({ state, severity, series: keys }) =>
          (state === 'open' || state === 'confirmed') &&
          isAtLeast(severity, rules.severity) &&
          keys.includes(series.key),
      )
      .map(({ reason }) => visible(reason));
    const changes = series.changePoints.map((change) => `${changePointText(series, change)}.`);
    return {
      outcome: broken.length > 0 ? 'failure' : 'passed',
      seconds: 0,
      element: caseOf('trends', seriesName(series), 0, failureElement(broken), changes),
    };
  });
}
