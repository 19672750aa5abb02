import type { Figure } from '../figure.js';
import type { Source } from '../source.js';

/** Stands for a source that cannot be had here: its figures have no value and say why. */
export function absent(figures: readonly Figure[], reason: string): Source {
  return {
    figures: figures.map((figure) => ({ ...figure, otherwise: reason })),
    read: (into, at) => void into.fill(Number.NaN, at, at + figures.length),
    close: () => undefined,
  };
}
