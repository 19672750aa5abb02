import type { Timeline } from '@perf/schema';
import type { Series } from './series.js';

/** Points that are held at most: the width of a large screen. */
const MOST_POINTS = 2400;

interface Point {
  /** Since the recording began [ns], and the time that it stands for [ns]. */
  readonly at: number;
  readonly span: number;
  readonly values: readonly (number | null)[];
}

/**
 * A timeline that never grows above 2,400 points: whenever it is full, every two neighbours become one, and from then
 * on twice as many readings become one point.
 */
export class Points {
  readonly #series: readonly Series[];
  #held: Point[] = [];
  #perPoint = 1;
  #begun: Point | undefined;
  #readings = 0;

  constructor(series: readonly Series[]) {
    this.#series = series;
  }

  /** @param at - Since the recording began [ns]; later than the last one. */
  add(at: number, values: readonly (number | null)[]): void {
    const last = (this.#begun ?? this.#held.at(-1))?.at ?? 0;
    const point = { at, span: at - last, values };
    this.#begun = this.#begun === undefined ? point : this.#merged(this.#begun, point);
    this.#readings += 1;
    if (this.#readings >= this.#perPoint) this.#close();
  }

  /** Everything so far; a point that is not complete becomes one. */
  timeline(): Timeline {
    this.#close();
    return {
      at: this.#held.map(({ at }) => at),
      series: this.#series.map(({ name, unit, scope }, index) => ({
        name,
        unit,
        scope,
        values: this.#held.map(({ values }) => values[index] ?? null),
      })),
    };
  }

  #close(): void {
    if (this.#begun === undefined) return;
    this.#held.push(this.#begun);
    this.#begun = undefined;
    this.#readings = 0;
    if (this.#held.length >= MOST_POINTS) this.#halve();
  }

  #halve(): void {
    const halved: Point[] = [];
    for (let index = 0; index < this.#held.length; index += 2) {
      const [first, second] = [this.#held[index], this.#held[index + 1]];
      if (first !== undefined) halved.push(second === undefined ? first : this.#merged(first, second));
    }
    this.#held = halved;
    this.#perPoint *= 2;
  }

  #merged(first: Point, second: Point): Point {
    const span = first.span + second.span;
    const values = this.#series.map(({ thin }, index) => {
      const [a, b] = [first.values[index] ?? null, second.values[index] ?? null];
      if (thin === 'last') return b;
      if (a === null || b === null) return a ?? b;
      return thin === 'max' ? Math.max(a, b) : (a * first.span + b * second.span) / span;
    });
    return { at: second.at, span, values };
  }
}
