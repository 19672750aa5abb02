import type { Overhead } from '@perf/schema';
import { counted } from './counted.js';
import { formatInterval } from './quantity.js';

/** What the measuring itself costs the measured code, a sentence per kind of it. */
export function overheadSentences(overhead: Overhead | undefined): string[] {
  const { observation, profiling } = overhead ?? {};
  return [
    observation && `${cost('observing', observation)}; the figures contain it.`,
    profiling && `${cost('profiling', profiling)}; it runs after the samples, so no figure contains it.`,
  ].filter((sentence) => sentence !== undefined);
}

/** A cost whose interval holds 0 is not told as one. */
function cost(what: string, interval: NonNullable<Overhead['profiling']>): string {
  const { estimate, range } = formatInterval(interval, 'percent');
  const figure = `${estimate} of time (${range}, ${counted(interval.processes, 'process')})`;
  if (interval.low <= 0 && interval.high >= 0)
    return `What ${what} costs cannot be told from noise: ${figure}`;
  return `What ${what} costs the measured code is ${figure}`;
}
