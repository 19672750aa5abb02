import { probit } from 'simple-statistics';

/**
 * What values of these ranks would be if they were normal, moved so that they sum to 0. Equal values share the mean of
 * theirs.
 *
 * A value that is ten times too large scores little more than the second largest: no outlier decides alone. Unlike
 * plain ranks, a few values beyond all others still stand out.
 *
 * @param values - Finite; read only.
 * @returns In the order of the values.
 *
 * Cost: O(n log n).
 * Source: Blom 1958, "Statistical Estimates and Transformed Beta-Variables" (the 3/8 and 1/4).
 */
export function normalScores(values: readonly number[]): Float64Array {
  const n = values.length;
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const scores = new Float64Array(n);
  let total = 0;
  for (let first = 0; first < n; ) {
    let next = first;
    let sum = 0;
    while (next < n && values[order[next] as number] === values[order[first] as number]) {
      sum += probit((next + 1 - 3 / 8) / (n + 1 / 4));
      next += 1;
    }
    for (let i = first; i < next; i++) scores[order[i] as number] = sum / (next - first);
    total += sum;
    first = next;
  }
  return scores.map((score) => score - total / n);
}
