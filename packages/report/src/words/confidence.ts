/** The confidence that intervals of a run are asked for; a comparison carries its own. */
export const askedOfRuns = 0.95;

/** A confidence as a percentage, never rounded up: an interval must not claim what it does not attain. */
export function formatConfidence(confidence: number): string {
  return `${Math.floor(confidence * 1000 + 1e-6) / 10} %`;
}

/** The confidence to print beside an interval: the one asked for, or the attained one if that is lower. */
export function statedConfidence(attained: number, asked: number): string {
  return formatConfidence(isTooFew(attained, asked) ? attained : asked);
}

/** Whether the processes were too few for the confidence asked for. Rounding errors do not count. */
export function isTooFew(attained: number, asked: number): boolean {
  return attained < asked - 1e-9;
}
