import { type Advice, type AdviceFinding, probeTitle, severities } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { metricName } from './metric-phrase.js';
import { metricUnit } from './metric-unit.js';
import { formatInterval, formatQuantity } from './quantity.js';

/** A finding with its place in its document, which citations use. */
export interface NumberedFinding {
  /** From 1. */
  readonly number: number;
  readonly finding: AdviceFinding;
}

/** Findings worst first; each keeps the number under which it is cited. */
export function findingsWorstFirst(advice: Advice | undefined): NumberedFinding[] {
  const rank = ({ severity }: AdviceFinding): number =>
    severity === 'info' ? -1 : severities.indexOf(severity);
  return (advice?.findings ?? [])
    .map((finding, index) => ({ number: index + 1, finding }))
    .sort((a, b) => rank(b.finding) - rank(a.finding));
}

/** `p99 latency 61 ms (58 to 65 ms)`. */
export function observedText({ metric, unit, observed }: AdviceFinding): string {
  const shown = metricUnit(metric, unit);
  if (observed.low === observed.high)
    return `${metricName(metric)} ${formatQuantity(observed.estimate, shown)}`;
  const { estimate, range } = formatInterval(observed, shown);
  return `${metricName(metric)} ${estimate} (${range})`;
}

/** What following it would save, in the unit of its metric; empty where it is not known. */
export function savingText({ metric, unit, saving }: AdviceFinding): string {
  if (saving === undefined) return '';
  const { estimate, range } = formatInterval(saving, metricUnit(metric, unit));
  return `${estimate} (${range})`;
}

/** `evict (cache.js:10)`; empty where it is not known. */
export function placeText({ place }: AdviceFinding): string {
  if (place === undefined) return '';
  const where = `${clip(visible(place.file.replace(/^.*\/node_modules\//, '')), 160)}${place.line === undefined ? '' : `:${place.line}`}`;
  return place.function === undefined ? where : `${clip(visible(place.function), 80)} (${where})`;
}

/** One line: severity, probe, title, what was observed, where. */
export function adviceSentence(finding: AdviceFinding): string {
  const { severity, probe, title } = finding;
  // Many rules begin their titles with it.
  const named = probe === undefined || title.startsWith(probeTitle(probe));
  const about = named ? '' : `${clip(visible(probeTitle(probe)), 120)}: `;
  const place = placeText(finding);
  return `${severity}: ${about}${visible(title)} [${observedText(finding)}]${place === '' ? '' : `, at ${place}`}`;
}
