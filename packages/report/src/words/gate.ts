import { type Gate, probeTitle } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatConfidence } from './confidence.js';
import { counted } from './counted.js';
import { metricName, perWhat } from './metric-phrase.js';
import { metricUnit } from './metric-unit.js';
import { formatInterval, formatQuantity } from './quantity.js';

/** Gates in the order in which people should read them. */
const states = ['failed', 'not-measured', 'undecided', 'passed'] as const;

/** Failed ones first, passed ones last. Returns a new array; stable. */
export function gatesWorstFirst(gates: readonly Gate[]): Gate[] {
  return gates.toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state));
}

/** What a gate is on: `cache › get, hit: p99 latency`, or `run: time` for one on the whole run. */
export function gateSubject({ probe, metric }: Gate): string {
  if (probe === undefined) return `the run: ${metricName(metric)}`;
  return `${clip(visible(probeTitle(probe)), 120)}: ${metricName(metric)}${perWhat({ probe, metric })}`;
}

/** `at most 50 ms`. */
export function gateLimit({ metric, unit, bound, limit }: Gate): string {
  return `${bound === 'at-most' ? 'at most' : 'at least'} ${formatQuantity(limit, metricUnit(metric, unit))}`;
}

/** `48.1 ms (95 % interval 47.0 to 49.5 ms, 7 processes)`, or why there is none. */
export function gateObserved({ probe, metric, unit, observed, processes, confidence }: Gate): string {
  if (observed === undefined) return 'not measured';
  const { estimate, range } = formatInterval(observed, metricUnit(metric, unit));
  if (observed.low === observed.high) {
    // The time of a whole run is one reading, not an estimate over processes.
    return probe === undefined ? estimate : `${estimate} (no interval from ${counted(processes, 'process')})`;
  }
  const level = confidence === undefined ? '' : `${formatConfidence(confidence)} interval `;
  return `${estimate} (${level}${range}, ${counted(processes, 'process')})`;
}

/** `cache › get, hit: p99 latency must be at most 50 ms and reads 61 ms (…): failed.` */
export function gateSentence(gate: Gate): string {
  const end = {
    passed: 'passed',
    failed: 'failed',
    undecided: 'undecided: the interval reaches over the limit',
    'not-measured': 'no figure to hold against it',
  }[gate.state];
  const reads = gate.observed === undefined ? '' : ` and reads ${gateObserved(gate)}`;
  return `${gateSubject(gate)} must be ${gateLimit(gate)}${reads}: ${end} (${visible(gate.origin)}).`;
}
