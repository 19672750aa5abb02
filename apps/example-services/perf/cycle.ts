/** Gives the values in turn, over and over: varied input of a fixed size, the same in every process. */
export function cycle<Value>(values: readonly [Value, ...Value[]]): () => Value {
  let next = 0;
  return () => {
    const value = values[next] as Value;
    next = next + 1 === values.length ? 0 : next + 1;
    return value;
  };
}

/** `size` values made from 0, 1, 2 … */
export function listOf<Value>(size: number, make: (index: number) => Value): [Value, ...Value[]] {
  return Array.from({ length: size }, (_, index) => make(index)) as [Value, ...Value[]];
}

/**
 * Gives values as people ask for them: the first most often, the nth an nth as often (Zipf's law). The order comes
 * from a generator of its own, the same in every process.
 */
export function popular<Value>(values: readonly [Value, ...Value[]]): () => Value {
  const upTo: number[] = [];
  for (const [index] of values.entries()) upTo.push((upTo.at(-1) ?? 0) + 1 / (index + 1));
  const all = upTo.at(-1) as number;
  let state = 1;
  return () => {
    // Park and Miller's minimal standard generator.
    state = (state * 48_271) % 2_147_483_647;
    const wanted = (state / 2_147_483_647) * all;
    let [low, high] = [0, values.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return values[low] as Value;
  };
}
