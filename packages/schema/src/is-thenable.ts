/** Whether a value is to be awaited: a promise, or anything else with a `then`. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  const held = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return held && 'then' in value && typeof value.then === 'function';
}
