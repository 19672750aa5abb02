import type { FigureName, Unavailable } from '../figure.js';
import type { Readings } from '../readings.js';

/** What was seen since the sample before. Plain data, safe to keep, to change and to write as JSON. */
export interface Sample {
  /** When it was taken, since the monitor began [ns], on a clock that never jumps. */
  readonly at: number;
  /** Since the sample before [ns]: as long as the interval, or longer where the event loop was blocked. */
  readonly span: number;
  /** Wall clock [ms since 1970], to find it in logs: it may jump. */
  readonly time: number;
  /** Samples lost right before this one, since who iterates was too slow to take them. */
  readonly dropped: number;
  /** Gauges as they are; counters as what they grew by in this span. */
  readonly figures: Readonly<Record<FigureName, number | Unavailable>>;
  /** What keeps the event loop alive, by Node's name of its type, such as `TCPSocketWrap` or `Timeout`: how many. */
  readonly handles: Readonly<Record<string, number>>;
}

/** The figures of the last reading. */
export function figuresOf(readings: Readings): Sample['figures'] {
  const figures: Partial<Record<FigureName, number | Unavailable>> = {};
  for (let index = 0; index < readings.figures.length; index += 1) {
    const figure = readings.figures[index];
    const value = readings.values[index] ?? Number.NaN;
    if (figure === undefined) continue;
    figures[figure.name] = Number.isNaN(value) ? { unavailable: readings.reason(index) } : value;
  }
  return figures as Sample['figures'];
}
