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
