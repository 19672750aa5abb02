import type { Compared, Incomparable, ProbeId, Summary } from '@perf/schema';
import { probeTitle } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatChange, formatChangeRange, formatFraction } from './change.js';
import { formatConfidence, isTooFew, statedConfidence } from './confidence.js';
import { counted } from './counted.js';
import { changePhrase, metricName, quantityPhrase } from './metric-phrase.js';
import { metricUnit } from './metric-unit.js';
import { formatInterval } from './quantity.js';
import { reachSentence } from './reach.js';
import { waiverSentence } from './waiver.js';

/** Longest name in a sentence [columns]. A longer one loses its middle. */
const longestName = 120;

/** A probe's name inside a sentence: neutralised, of bounded length. */
export function nameIn(probe: ProbeId): string {
  return clip(visible(probeTitle(probe)), longestName);
}

/**
 * What a probe does, with interval and number of processes:
 * `cache › get, hit takes 131 ns per operation (95 % interval 129 to 134 ns, 7 processes).`
 *
 * A summary without an interval (of a single process) yields no figure, but says why.
 *
 * @param asked - Confidence that the run asked for, in (0, 1).
 */
export function measuredSentence(summary: Summary, asked: number): string {
  const name = nameIn(summary.probe);
  if (!hasInterval(summary)) {
    return `${name} was measured in ${counted(summary.processes, 'process')}: too few for an interval, so its ${metricName(summary.metric)} is not stated.`;
  }
  const { estimate, range } = formatInterval(summary, metricUnit(summary.metric, summary.unit));
  const stated = statedConfidence(summary.confidence, asked);
  const few = tooFew(summary.confidence, asked);
  return `${name} ${quantityPhrase(summary, estimate)} (${stated} interval ${range}, ${counted(summary.processes, 'process')}${few}).`;
}

/** Whether a summary has an interval at all; one process gives none. */
export function hasInterval({ processes, confidence }: Pick<Summary, 'processes' | 'confidence'>): boolean {
  return processes > 1 && confidence > 0;
}

/**
 * How a probe's metric stands to its baseline, with interval, number of processes and verdict, whether the diff reached
 * it, and whether its regression is accepted.
 *
 * @param compared - b is what is reported, a the baseline.
 * @param asked - Confidence that the comparison asked for, in (0, 1).
 */
export function comparedSentence(compared: Compared, asked: number): string {
  const notes = [reachSentence(compared), waiverSentence(compared)].filter((note) => note !== undefined);
  return [verdictSentence(compared, asked), ...notes].join(' ');
}

/** Whose doing a difference is not: that of the machine, as far as its reference kernel tells. */
function machineNote({ normalised }: Compared): string {
  if (normalised === undefined) return '';
  const change = formatChange(normalised.machine, 'lower');
  return change === 'the same' ? '' : `, corrected for a machine that read ${change}`;
}

function verdictSentence(compared: Compared, asked: number): string {
  const name = nameIn(compared.probe);
  const against = basisOf(compared);
  if (!(compared.confidence > 0)) {
    return `${name} is undecided in ${metricName(compared.metric)}: ${against} are too few for an interval; ${whatDecides(compared)}.`;
  }
  const certain = compared.verdict === 'regressed' || compared.verdict === 'improved';
  const change = changePhrase(compared, compared.ratio, certain);
  const stated = statedConfidence(compared.confidence, asked);
  const range = formatChangeRange(compared.ratio, compared.low, compared.high);
  const basis = `(${stated} interval ${range}, ${against}${tooFew(compared.confidence, asked)}${confirmation(compared)}${machineNote(compared)})`;
  const threshold = formatFraction(compared.threshold);
  switch (compared.verdict) {
    case 'regressed': {
      const grade = compared.severity === undefined ? 'a' : compared.severity;
      return `${name} ${change} ${basis}: ${grade} regression beyond its threshold of ${threshold}.`;
    }
    case 'improved':
      return `${name} ${change} ${basis}: improvement beyond its threshold of ${threshold}.`;
    case 'equivalent':
      return `${name} ${change} ${basis}: equivalent within its threshold of ${threshold}.`;
    case 'undecided':
      return `${name} ${change} ${basis}: undecided at its threshold of ${threshold}; ${whatDecides(compared)}.`;
  }
}

/** What the ratio rests on: pairs that took turns, or processes of either side. */
export function basisOf({ pairs, processes }: Pick<Compared, 'pairs' | 'processes'>): string {
  return pairs === undefined
    ? `${processes.b} against ${counted(processes.a, 'process')}`
    : `${counted(pairs.length, 'pair')} of processes`;
}

/** The same for a table. */
export function basisCell({ pairs, processes }: Pick<Compared, 'pairs' | 'processes'>): string {
  return pairs === undefined ? `${processes.b} vs ${processes.a}` : counted(pairs.length, 'pair');
}

/** What fresh pairs said of a change that the first ones showed. */
function confirmation({ confirmed }: Compared): string {
  if (confirmed === undefined) return '';
  return confirmed ? ', confirmed by fresh pairs' : ', which fresh pairs did not confirm';
}

/** Why a probe, or one metric of it, has no ratio. */
export function incomparableSentence({ probe, metric, reason }: Incomparable): string {
  const where = metric === undefined ? '' : ` in ${metricName(metric)}`;
  return `${nameIn(probe)} cannot be compared${where}: ${visible(reason)}`;
}

/** What would settle an undecided comparison; without an interval (one process a side) only a lower bound is known. */
export function whatDecides({
  needed,
  confidence,
  pairs,
}: Pick<Compared, 'needed' | 'confidence' | 'pairs'>): string {
  const what = pairs === undefined ? 'processes' : 'pairs';
  if (needed === undefined) return `how many more ${what} would decide cannot be told`;
  if (pairs !== undefined) return `about ${counted(needed, 'more pair')} would decide`;
  const more = `${needed} more ${needed === 1 ? 'process' : 'processes'} per side`;
  if (confidence > 0) return `about ${more} would decide`;
  return `at least ${more} ${needed === 1 ? 'is' : 'are'} needed to tell`;
}

function tooFew(attained: number, asked: number): string {
  return isTooFew(attained, asked) ? `: too few for ${formatConfidence(asked)}` : '';
}
