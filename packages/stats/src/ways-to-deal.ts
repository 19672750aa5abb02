/**
 * In how many ways n + m values can be dealt to two sides of these sizes: (n + m)! / (n! m!). Infinite where no double
 * holds it.
 *
 * Cost: O(min(n, m)).
 */
export function waysToDeal(n: number, m: number): number {
  let ways = 1;
  for (let k = 1; k <= Math.min(n, m); k++) ways = (ways * (n + m - k + 1)) / k;
  return ways;
}
