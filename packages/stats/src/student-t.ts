/**
 * The half-width, in standard errors, of a two-sided interval by Student's t distribution.
 *
 * @param confidence - In (0, 1).
 * @param degrees - Degrees of freedom, a whole number >= 1.
 * @returns t with P(|T| <= t) = confidence: 12.706 for 0.95 at one degree, 1.96 at very many.
 *
 * Cost: O(degrees), at most 10,000 of them: beyond, the distribution no longer differs in double precision's use here.
 * Source: Abramowitz & Stegun 1964, 26.7.3 and 26.7.4 (exact for whole degrees), inverted by bisection.
 */
export function studentQuantile(confidence: number, degrees: number): number {
  const usable = Math.min(degrees, mostDegrees);
  let low = 0;
  let high = 1;
  while (central(high, usable) < confidence && high < Number.MAX_SAFE_INTEGER) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (central(middle, usable) < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const mostDegrees = 10_000;

/** P(|T| > t) of Student's t distribution. @param degrees - As for `studentQuantile`. */
export function studentTail(t: number, degrees: number): number {
  return Math.max(0, 1 - central(t, Math.min(degrees, mostDegrees)));
}

/** P(|T| <= t). */
function central(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
