/** Tests beside benchmarks are not run, as in Vitest's benchmark mode: any call on `it` and `test` does nothing. */
export const it: never = new Proxy(() => it, {
  get: (_, key) => (typeof key === 'symbol' || key === 'then' ? undefined : it),
}) as never;
