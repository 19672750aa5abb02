/**
 * The smallest step of the monotonic clock that can be observed [ns]: the finer of what it resolves and what a
 * reading costs. The least of a hundred differences between successive distinct readings.
 */
export function clockStep(): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 100; round += 1) {
    const from = process.hrtime.bigint();
    let to = process.hrtime.bigint();
    while (to === from) to = process.hrtime.bigint();
    smallest = Math.min(smallest, Number(to - from));
  }
  return smallest;
}
