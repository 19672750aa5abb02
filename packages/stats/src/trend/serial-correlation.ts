/**
 * How alike neighbours of a series are: the correlation of each value with the next.
 *
 * @param residuals - Deviations from a fitted level or line, in order of time; read only.
 * @param fitted - How many figures the fit took from the series: 1 for a level, 2 for a line. Each pulls the plain
 *   estimate down by about (1 + 2 rho) / n, which is given back.
 * @returns In [0, 0.9]; negative ones count as 0, so that a test never becomes bolder through them.
 *
 * Source: Kendall 1954, "Note on bias in the estimation of autocorrelation", Biometrika 41(3/4).
 */
export function serialCorrelation(residuals: readonly number[], fitted: 1 | 2): number {
  const n = residuals.length;
  if (n < 3) return 0;
  const mean = residuals.reduce((sum, value) => sum + value, 0) / n;
  let own = 0;
  let next = 0;
  for (const [i, value] of residuals.entries()) {
    own += (value - mean) ** 2;
    const after = residuals[i + 1];
    if (after !== undefined) next += (value - mean) * (after - mean);
  }
  if (!(own > 0)) return 0;
  const plain = next / own;
  const corrected = plain + (fitted * (1 + 2 * Math.max(0, plain))) / n;
  return Math.min(largest, Math.max(0, corrected));
}

/** Closer to 1 a series is a random walk, and no level or line describes it. */
const largest = 0.9;

/**
 * How many times as many values a series needs because neighbours are alike: n over the number of independent values
 * that would say as much.
 *
 * @param correlation - As of `serialCorrelation`: each value keeps this share of the deviation before.
 *
 * Source: Bayley & Hammersley 1946, Supplement to the Journal of the Royal Statistical Society 8(2).
 */
export function varianceInflation(correlation: number, n: number): number {
  let sum = 1;
  for (let lag = 1, power = correlation; lag < n && power > 1e-6; lag++, power *= correlation) {
    sum += 2 * (1 - lag / n) * power;
  }
  return sum;
}
