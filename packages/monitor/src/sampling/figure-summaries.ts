import type { Figure, FigureName, FigureScope } from '../figure.js';
import type { Readings } from '../readings.js';
import { RunningSummary, type ValueSummary } from './running-summary.js';

/** A figure that stands at a value, over all samples. */
export interface GaugeSummary extends ValueSummary {
  readonly kind: 'gauge';
  readonly unit: Figure['unit'];
  readonly scope: FigureScope;
  /** Samples that had a value. */
  readonly samples: number;
}

/** A figure that only grows, over all samples. */
export interface CounterSummary {
  readonly kind: 'counter';
  readonly unit: Figure['unit'];
  readonly scope: FigureScope;
  readonly samples: number;
  /** What it grew by, in its unit. */
  readonly total: number;
  /** Growth over time: bytes or occurrences per second; of times the share of time, where 1 is one core all the time. */
  readonly rate: ValueSummary;
}

/** A figure that had no value in any sample. */
export interface MissingSummary {
  readonly unavailable: string;
  readonly unit: Figure['unit'];
  readonly scope: FigureScope;
}

export type FigureSummary = GaugeSummary | CounterSummary | MissingSummary;

/** Shorter spans than this part of the interval say nothing of a rate: the last one, up to the stop. */
const SHORT_PART = 0.5;

/** Summaries of all figures, in memory that does not grow with the number of samples. */
export class FigureSummaries {
  readonly #readings: Readings;
  readonly #shortNs: number;
  readonly #values: readonly RunningSummary[];
  readonly #totals: Float64Array;
  readonly #times: Float64Array;

  constructor(readings: Readings, intervalNs: number) {
    this.#readings = readings;
    this.#shortNs = intervalNs * SHORT_PART;
    this.#values = readings.figures.map(() => new RunningSummary());
    this.#totals = new Float64Array(readings.figures.length);
    this.#times = new Float64Array(readings.figures.length);
  }

  /** Takes the last reading in. */
  add(): void {
    const { figures, values, spans } = this.#readings;
    for (let index = 0; index < figures.length; index += 1) {
      const value = values[index] ?? Number.NaN;
      const span = spans[index] ?? 0;
      const summary = this.#values[index];
      const figure = figures[index];
      if (Number.isNaN(value) || span <= 0 || summary === undefined || figure === undefined) continue;
      if (figure.kind === 'gauge') {
        summary.add(value, span);
        continue;
      }
      this.#totals[index] = (this.#totals[index] ?? 0) + value;
      this.#times[index] = (this.#times[index] ?? 0) + span;
      if (span >= this.#shortNs || summary.count === 0) summary.add(rateOf(figure, value, span), span);
    }
  }

  /** @returns by name; also while samples are still being taken. */
  summary(): Record<FigureName, FigureSummary> {
    return Object.fromEntries(
      this.#readings.figures.map((figure, index) => [figure.name, this.#summaryOf(figure, index)]),
    ) as Record<FigureName, FigureSummary>;
  }

  #summaryOf(figure: Figure, index: number): FigureSummary {
    const { unit, scope } = figure;
    const summary = this.#values[index];
    if (summary === undefined || summary.count === 0) {
      return { unavailable: this.#readings.reason(index), unit, scope };
    }
    const samples = summary.count;
    if (figure.kind === 'gauge') return { kind: 'gauge', unit, scope, samples, ...summary.summary() };
    const total = this.#totals[index] ?? 0;
    const mean = rateOf(figure, total, this.#times[index] ?? Number.NaN);
    return { kind: 'counter', unit, scope, samples, total, rate: { ...summary.summary(), mean } };
  }
}

function rateOf({ unit }: Figure, growth: number, spanNs: number): number {
  return unit === 'ns' ? growth / spanNs : (growth / spanNs) * 1e9;
}
