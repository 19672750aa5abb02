import type { Better, ProbeId, Unit } from '@perf/schema';
import { visible } from '../visible.js';
import { formatChange } from './change.js';

/** What a report needs to know of a metric to speak of it. */
export interface SpokenMetric {
  readonly probe: ProbeId;
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Better;
}

const names = new Map([
  ['gc', 'garbage collection'],
  ['cpu', 'CPU time'],
]);
/** Metrics of a benchmark that are a cost of one operation. */
const perOperation = new Set(['time', 'heap', 'gc', 'cpu']);
/** `heap_growth`: growth of a resource in a leak hunt. */
const growth = /^(.+)_growth$/;
/** `latency_p99`: the response time that so many of a hundred, a thousand … responses do not exceed. */
const percentile = /^latency_p(\d{2,})$/;

/** A metric's name for people, neutralised: `time`, `CPU time`, `p99 latency`, `error rate`. */
export function metricName(metric: string): string {
  const digits = percentile.exec(metric)?.[1];
  if (digits !== undefined) return `p${percentOf(digits)} latency`;
  return names.get(metric) ?? visible(metric.replaceAll('_', ' '));
}

/** ` per operation` or ` per iteration` where the figure is one of a single one. */
export function perWhat({ probe, metric }: Pick<SpokenMetric, 'probe' | 'metric'>): string {
  if (probe.kind === 'leak' && growth.test(metric)) return ' per iteration';
  return probe.kind === 'bench' && perOperation.has(metric) ? ' per operation' : '';
}

/**
 * What a probe does with a quantity: `takes 131 ns per operation`, `allocates 512 B of heap per operation`,
 * `answers 99 % within 12 ms`.
 */
export function quantityPhrase(spoken: SpokenMetric, quantity: string): string {
  const per = perWhat(spoken);
  const { metric } = spoken;
  const digits = percentile.exec(metric)?.[1];
  if (digits !== undefined) return `answers ${percentOf(digits)} % within ${quantity}`;
  const grown = growth.exec(metric)?.[1];
  if (grown !== undefined) return `grows by ${quantity}${per} in ${visible(grown.replaceAll('_', ' '))}`;
  switch (metric) {
    case 'time':
      return `takes ${quantity}${per}`;
    case 'heap':
      return `${per === '' ? 'uses' : 'allocates'} ${quantity} of heap${per}`;
    case 'cpu':
      return `spends ${quantity} of CPU time${per}`;
    case 'gc':
      return `spends ${quantity} in garbage collection${per}`;
    case 'throughput':
      return `completes ${quantity}`;
    case 'capacity':
      return `bears up to ${quantity}${spoken.unit === 'count' ? ' in flight' : ''}`;
    case 'error_rate':
      return `fails in ${quantity} of its operations`;
    case 'success_rate':
      return `succeeds in ${quantity} of its operations`;
    default:
      return `reads ${quantity} in ${metricName(metric)}${per}`;
  }
}

/**
 * How a probe stands to its baseline: `is 23 % slower than the baseline`, `spends 12 % more CPU time than the baseline`.
 *
 * @param certain - Whether the direction is established; otherwise the probe only `reads` so.
 */
export function changePhrase(spoken: SpokenMetric, ratio: number, certain: boolean): string {
  const { metric, unit, better } = spoken;
  const name = metricName(metric);
  const change = formatChange(ratio, better, unit);
  if (change === 'the same') {
    return metric === 'time' ? 'reads the same as the baseline' : `reads the same in ${name} as the baseline`;
  }
  const is = certain ? 'is' : 'reads';
  if (metric === 'time') return `${is} ${change} than the baseline`;
  if (metric === 'cpu' || metric === 'gc') {
    const what = metric === 'cpu' ? 'CPU time' : 'time in garbage collection';
    return `spends ${change.replace('slower', 'more').replace('faster', 'less')} ${what} than the baseline`;
  }
  const verb = /(more|less)$/.test(change) ? 'reads' : is;
  return `${verb} ${change} in ${name} than the baseline`;
}

/** The percentage in a percentile's digits: `50`, `99`, `99.9` of `999`. */
function percentOf(digits: string): string {
  return digits.length === 2 ? String(Number(digits)) : `${digits.slice(0, 2)}.${digits.slice(2)}`;
}
