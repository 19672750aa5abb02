import { ExpectError } from '../expect-error.js';

/**
 * Refuses what cannot be done in the time there is: a test that runs out of it says nothing of the code.
 *
 * @param what - That takes so long: `A hunt for leaks`.
 * @throws {ExpectError} `expect/timeout`.
 */
export function refuseTooShort(what: string, neededMs: number, withinMs: number): void {
  if (neededMs <= withinMs) return;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  throw new ExpectError(
    'expect/timeout',
    `${what} takes up to ${seconds(neededMs)}, and the test has ${seconds(withinMs)} left.`,
    { seen: withinMs, remedy: `Give the test a timeout of ${Math.ceil((neededMs * 3) / 1000) * 1000} ms.` },
  );
}
