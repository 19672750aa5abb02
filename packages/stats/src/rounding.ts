/**
 * How far two positive numbers may differ, relatively, and still count as touching.
 *
 * 100 / 120 and 1 / 1.2 are the same number on paper and need not be as doubles. A few roundings add up to some
 * 1e-16 each; no measurement is exact to 1e-12.
 */
const slack = 1e-12;

/** Whether a positive value lies above a limit by more than rounding explains. */
export function isAbove(value: number, limit: number): boolean {
  return value > limit * (1 + slack);
}

/** Whether a positive value lies below a limit by more than rounding explains. */
export function isBelow(value: number, limit: number): boolean {
  return value < limit * (1 - slack);
}
