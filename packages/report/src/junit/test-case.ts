import { type Comparison, type Measurement, type Severity, severities } from '@perf/schema';
import { failureGroups } from '../failure-groups.js';
import type { ProbeReport } from '../probe-report.js';
import { worstFirst } from '../standing.js';
import type { Asked } from '../words/confidence.js';
import { gateSentence } from '../words/gate.js';
import { leakSentence } from '../words/leak.js';
import { loadSentence } from '../words/load.js';
import { comparedSentence, incomparableSentence, measuredSentence } from '../words/sentence.js';
import type { XmlElement } from './xml.js';

/** How a test case came out. */
export type Outcome = 'error' | 'failure' | 'passed';

/** A test case and its outcome, for the counts of its suite. */
export interface TestCase {
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly element: XmlElement;
}

/**
 * A probe as a test case: an error if a process failed, else a failure if it regressed at least as badly as asked, a
 * gate failed or it leaks. Everything else that is known, undecided comparisons too, stands in its output.
 *
 * @param least - The severity from which on a regression fails it.
 */
export function testCase(report: ProbeReport, asked: Asked, least: Severity): TestCase {
  const { probe, failures, measurements, leaks, gates } = report;
  const errors = failureGroups(failures, measurements.length);
  const broken = brokenRules(report, asked, least);
  const seconds = measurements.reduce((sum, { elapsed }) => sum + elapsed, 0) / 1e9;
  const params = Object.entries(probe.params).map(([key, value]) => `${key}=${value}`);
  const known = [
    ...worstFirst(report.compared).map((compared) => comparedSentence(compared, asked.changes)),
    ...report.incomparable.map(incomparableSentence),
    ...report.summaries.map((summary) => measuredSentence(summary, asked.figures)),
    ...leaks.map(leakSentence),
    ...gates.map(gateSentence),
    ...[loadSentence(measurements.filter(isLoaded))].filter((sentence) => sentence !== undefined),
  ];
  const outcome: Outcome = errors.length > 0 ? 'error' : broken.length > 0 ? 'failure' : 'passed';
  return {
    outcome,
    seconds,
    element: caseOf(
      probe.suite,
      `${probe.name}${params.length === 0 ? '' : ` (${params.join(', ')})`}`,
      seconds,
      outcome === 'error'
        ? [
            {
              name: 'error',
              attributes: {
                message: `${errors[0]?.what}: ${errors[0]?.reason}`,
                type: errors[0]?.facts || 'failed',
              },
              lines: [
                ...errors.flatMap(({ what, reason, facts, stack, output }) => [
                  `${what}: ${reason} ${facts}`,
                  ...stack,
                  ...output,
                ]),
                ...broken,
              ],
            },
          ]
        : failureElement(broken),
      known,
    ),
  };
}

/** A test case with its outcome and its output. */
export function caseOf(
  classname: string,
  name: string,
  seconds: number,
  outcome: readonly XmlElement[],
  output: readonly string[],
): XmlElement {
  return {
    name: 'testcase',
    attributes: { classname, name, time: seconds.toFixed(3) },
    children: [
      ...outcome,
      ...(output.length === 0 ? [] : [{ name: 'system-out', attributes: {}, lines: output }]),
    ],
  };
}

/** The failure of a test case that broke rules; nothing if it broke none. */
export function failureElement(broken: readonly string[]): XmlElement[] {
  const first = broken[0];
  if (first === undefined) return [];
  return [{ name: 'failure', attributes: { message: first, type: 'performance' }, lines: broken }];
}

/** Whether a severity counts, when only those from `least` on do. */
export function isAtLeast(severity: Severity | undefined, least: Severity): boolean {
  return severity !== undefined && severities.indexOf(severity) >= severities.indexOf(least);
}

function brokenRules({ compared, leaks, gates }: ProbeReport, asked: Asked, least: Severity): string[] {
  return [
    ...worstFirst(compared)
      .filter(
        ({ verdict, severity }: Comparison['comparisons'][number]) =>
          verdict === 'regressed' && isAtLeast(severity, least),
      )
      .map((regression) => comparedSentence(regression, asked.changes)),
    ...gates.filter(({ state }) => state === 'failed').map(gateSentence),
    ...leaks.filter(({ verdict }) => verdict === 'leaking').map(leakSentence),
  ];
}

function isLoaded({ artifacts }: Measurement): boolean {
  return artifacts.load !== undefined;
}
