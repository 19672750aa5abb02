/** A figure for plotly.js: traces, what differs from the page's own layout, and its height [CSS pixels]. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
  readonly height: number;
}

/**
 * Text as plotly.js shows it and does not obey it: it reads a few HTML tags and entities in labels.
 *
 * Where it fills in templates (`%{y}`), text from outside is only ever given as data, never as template.
 */
export function plotlyText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * A colour of the page by its custom property, which the page's script looks up: `--s1`, or `--s1/0.3` for a
 * translucent one.
 */
export function paletteColour(colour: number, opacity?: number): string {
  return `--s${colour}${opacity === undefined ? '' : `/${opacity}`}`;
}

/** A number as the page carries it: five digits are more than a drawing shows. What is not finite is a gap. */
export function drawn(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}

/** Figures of a page in the order in which they were added; a template names them by their place. */
export class Figures {
  readonly all: Figure[] = [];

  /** Keeps a figure. @returns Its place, from 0. */
  add(figure: Figure): number {
    this.all.push(figure);
    return this.all.length - 1;
  }
}
