import { distance, closest as nearest } from 'fastest-levenshtein';

/** The known word that a mistyped one most likely meant, or `undefined` if none is near. */
export function closest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = nearest(word, known);
  return distance(word, best) <= Math.max(2, Math.floor(word.length / 3)) ? best : undefined;
}

/** " Did you mean "x"?" or an empty string, to end a remedy with. */
export function didYouMean(word: string, known: readonly string[]): string {
  const best = closest(word, known);
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}
