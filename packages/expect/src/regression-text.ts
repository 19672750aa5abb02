import { formatChange } from '@perf/report';
import { type Compared, type Incomparable, probeTitle } from '@perf/schema';
import type { OutcomeState } from './outcome.js';
import type { Target } from './target.js';
import {
  changeText,
  decisionText,
  explanation,
  type Line,
  measureCommand,
  percent,
  placesText,
  processesText,
} from './words.js';

/** What an explanation of a comparison with the baseline is made of. */
export interface RegressionFigures {
  /** At least one. */
  readonly rows: readonly Compared[];
  readonly incomparable: readonly Incomparable[];
  readonly state: OutcomeState;
  readonly target: Target;
  /** What the baseline is called. */
  readonly baseline: string;
  /** Whether both sides were measured in the same environment. */
  readonly sameMachine: boolean;
}

/** How a probe stands to the baseline, metric by metric, and what to do next. */
export function regressionText(figures: RegressionFigures): string {
  const { rows, incomparable, target, baseline, sameMachine } = figures;
  const first = rows[0] as Compared;
  const undecided = rows.filter(({ verdict }) => verdict === 'undecided');
  return explanation(headlineOf(figures), [
    ...rows.map((row): Line => [row.metric, `${changeText(row, 'now, was')}: ${verdictText(row)}`]),
    ...incomparable.map(({ metric = 'the probe', reason }): Line => [metric, `not compared: ${reason}`]),
    ['processes', processesText(first)],
    ['threshold', `${percent(first.threshold)} worse still counts as equal`],
    ['baseline', baseline],
    ...(sameMachine
      ? []
      : [['beware', 'the baseline is of another environment: the difference may be the machine'] as Line]),
    ...(figures.state === 'undecided'
      ? undecided.map((row): Line => ['to decide', `${row.metric}: ${decisionText(row, true)}`])
      : []),
    ['place', placesText([target])],
    ['look closer', `${measureCommand([target])} && npx perfkit advise`],
  ]);
}

function headlineOf({ rows, state }: RegressionFigures): string {
  const title = probeTitle((rows[0] as Compared).probe);
  const worse = rows
    .filter(({ verdict }) => verdict === 'regressed')
    .map(({ metric, ratio, better, unit }) => `${metric} ${formatChange(ratio, better, unit)}`);
  if (state === 'shown') return `${title} regressed against the baseline: ${worse.join(', ')}.`;
  if (state === 'refuted') return `${title} did not regress against the baseline.`;
  return `${title} against the baseline: undecided. That is neither a regression nor its absence.`;
}

function verdictText({ verdict, severity }: Compared): string {
  return severity === undefined ? verdict : `${verdict}, ${severity}`;
}

/** What an expectation says that had nothing to compare with, and was allowed to pass. */
export function withoutBaseline(title: string, reason: string): string {
  return `${title} was not held against anything, and passes as noBaseline: 'pass' says. ${reason}`;
}
