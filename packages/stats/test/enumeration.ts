import { combinations } from 'simple-statistics';

/** Every way to deal the pooled values to two sides of the given sizes, by plain listing. For small samples only. */
export function allDeals(pooled: readonly number[], sizeOfA: number): { a: number[]; b: number[] }[] {
  const indices = pooled.map((_, index) => index);
  return combinations(indices, sizeOfA).map((chosen) => ({
    a: chosen.map((index: number) => pooled[index] as number),
    b: indices.filter((index) => !chosen.includes(index)).map((index) => pooled[index] as number),
  }));
}

/** Mann–Whitney's U by its definition: pairs in which a is the greater, ties half. */
export function uByPairs(a: readonly number[], b: readonly number[]): number {
  let u = 0;
  for (const x of a) for (const y of b) u += x > y ? 1 : x === y ? 0.5 : 0;
  return u;
}

/** Two-sided p by listing every deal. */
export function enumeratedP(a: readonly number[], b: readonly number[]): number {
  const seen = uByPairs(a, b);
  const us = allDeals([...a, ...b], a.length).map((deal) => uByPairs(deal.a, deal.b));
  const lower = us.filter((u) => u <= seen).length / us.length;
  const upper = us.filter((u) => u >= seen).length / us.length;
  return Math.min(1, 2 * Math.min(lower, upper));
}
