let last: Promise<unknown> = Promise.resolve();

/** Runs work when all that came before it in this process is over: measurements side by side would disturb one another. */
export function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
}
