import type { Interval, Scalability } from '@perf/schema';
import { visible } from '../visible.js';
import { formatInterval, formatQuantity } from './quantity.js';
import { nameIn } from './sentence.js';

/** Where a probe stops scaling, as ranges; without a fit, why there is none. */
export function scalabilitySentence(scalability: Scalability): string {
  const { probe, fit, reason } = scalability;
  const name = nameIn(probe);
  const basis = basisOf(scalability);
  if (fit === undefined) {
    return `${name}: no law of scalability could be fitted to ${basis}${reason === undefined ? '' : `: ${visible(reason)}`}.`;
  }
  const { peak: best, knee: bend } = turningPoints(scalability);
  const most = Math.max(...scalability.points.map((point) => point.concurrency));
  const peak =
    best === undefined
      ? `has no peak up to ${formatQuantity(most, 'count')} at once that these points could establish`
      : `is greatest at ${concurrency(best.concurrency)} at once, with ${rate(best.throughput)}`;
  const knee = bend === undefined ? '' : `; beyond ${concurrency(bend)} at once, further callers mostly wait`;
  return `${name}: throughput ${peak}${knee} (${basis}).`;
}

/** Peak and knee, where the points reach as far: beyond them, the law only guesses. */
export function turningPoints({
  points,
  fit,
}: Scalability): Pick<NonNullable<Scalability['fit']>, 'peak' | 'knee'> {
  const most = Math.max(...points.map((point) => point.concurrency));
  const { peak, knee } = fit ?? {};
  return {
    ...(peak !== undefined && peak.concurrency.low <= most && { peak }),
    ...(knee !== undefined && knee.low <= most && { knee }),
  };
}

/** An interval of a concurrency: `12.4 (11.0 to 14.1)`. */
export function concurrency(interval: Interval): string {
  const { estimate, bounds } = formatInterval(interval, 'count');
  return `${estimate} (${bounds})`;
}

/** An interval of a throughput: `12.3k /s (11.9 to 12.8k /s)`. */
export function rate(interval: Interval): string {
  const { estimate, range } = formatInterval(interval, '1/s');
  return `${estimate} (${range})`;
}

/** How much it rests on: `24 points of 3 processes`. */
export function basisOf({ points }: Scalability): string {
  const processes = new Set(points.map(({ process }) => process)).size;
  return `${points.length} ${points.length === 1 ? 'point' : 'points'} of ${processes} ${processes === 1 ? 'process' : 'processes'}`;
}
