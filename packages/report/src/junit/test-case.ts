import {
  type Comparison,
  type Gate,
  type Measurement,
  type ProbeId,
  type Severity,
  type SkippedProbe,
  severities,
} from '@perf/schema';
import { failureGroups } from '../failure-groups.js';
import type { ProbeReport } from '../probe-report.js';
import { worstFirst } from '../standing.js';
import type { Asked } from '../words/confidence.js';
import { gateSentence } from '../words/gate.js';
import { leakSentence } from '../words/leak.js';
import { loadSentence } from '../words/load.js';
import { expectedFailureSentences } from '../words/marks.js';
import { comparedSentence, incomparableSentence, measuredSentence } from '../words/sentence.js';
import type { XmlElement } from './xml.js';

/** How a test case came out. */
export type Outcome = 'error' | 'failure' | 'skipped' | 'passed';

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
 * @param rules - What fails it.
 */
export function testCase(report: ProbeReport, asked: Asked, rules: FailRules): TestCase {
  const { probe, failures, measurements, leaks, gates } = report;
  const errors = failureGroups(failures, measurements.length);
  const broken = brokenRules(report, asked, rules);
  const seconds = measurements.reduce((sum, { elapsed }) => sum + elapsed, 0) / 1e9;
  const known = [
    ...expectedFailureSentences([report]),
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
      caseName(probe),
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

/** The test case of a probe that was not measured. */
export function skippedCase({ probe, reason }: SkippedProbe): TestCase {
  const message = reason === 'skip' ? 'marked with skip()' : 'left out: others are marked with only()';
  const element = { name: 'skipped', attributes: { message } };
  return {
    outcome: 'skipped',
    seconds: 0,
    element: caseOf(probe.suite, caseName(probe), 0, [element], []),
  };
}

function caseName({ name, params }: ProbeId): string {
  const point = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  return `${name}${point.length === 0 ? '' : ` (${point.join(', ')})`}`;
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

/** What makes a test case fail. */
export interface FailRules {
  /** Least severity of a regression; with `never`, neither regressions nor gates nor leaks fail. */
  readonly severity: Severity | 'never';
  readonly leaks: boolean;
}

/** Whether a gate fails: a limit that nothing was held against does not pass. */
export function isBroken({ state }: Gate, { severity }: FailRules): boolean {
  return severity !== 'never' && (state === 'failed' || state === 'not-measured');
}

/** Whether a severity counts, when only those from `least` on do. */
export function isAtLeast(severity: Severity | undefined, least: FailRules['severity']): boolean {
  return (
    severity !== undefined && least !== 'never' && severities.indexOf(severity) >= severities.indexOf(least)
  );
}

function brokenRules({ compared, leaks, gates }: ProbeReport, asked: Asked, rules: FailRules): string[] {
  return [
    ...worstFirst(compared)
      .filter(
        ({ verdict, severity, waiver }: Comparison['comparisons'][number]) =>
          verdict === 'regressed' && waiver?.holds !== true && isAtLeast(severity, rules.severity),
      )
      .map((regression) => comparedSentence(regression, asked.changes)),
    ...gates.filter((gate) => isBroken(gate, rules)).map(gateSentence),
    ...leaks.filter(({ verdict }) => verdict === 'leaking' && rules.leaks).map(leakSentence),
  ];
}

function isLoaded({ artifacts }: Measurement): boolean {
  return artifacts.load !== undefined;
}
