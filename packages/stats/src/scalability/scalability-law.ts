/**
 * Coefficients of the Universal Scalability Law, X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)).
 *
 * Source: Gunther 2007, "Guerrilla Capacity Planning", chapters 4 and 5; three free parameters as of Gunther, Puglia
 * & Tomasette 2015, "Hadoop superlinear scalability", ACM Queue 13(5).
 */
export interface ScalabilityLaw {
  /** Throughput of one [1/s]. */
  readonly lambda: number;
  /** Share of the work that waits for others, in [0, 1]. */
  readonly sigma: number;
  /** Cost of keeping each in line with each other, >= 0. */
  readonly kappa: number;
}

/** Throughput at a concurrency [1/s]. */
export function throughputAt({ lambda, sigma, kappa }: ScalabilityLaw, concurrency: number): number {
  return (lambda * concurrency) / slowdown(sigma, kappa, concurrency);
}

/** How `throughputAt` changes with lambda, sigma and kappa. */
export function throughputGradient(
  { lambda, sigma, kappa }: ScalabilityLaw,
  concurrency: number,
): [lambda: number, sigma: number, kappa: number] {
  const by = slowdown(sigma, kappa, concurrency);
  const alone = concurrency / by;
  const toSigma = (-lambda * alone * (concurrency - 1)) / by;
  return [alone, toSigma, toSigma * concurrency];
}

/** Concurrency of the greatest throughput, at least 1; infinity where throughput grows for ever. */
export function peakConcurrency({ sigma, kappa }: ScalabilityLaw): number {
  return Math.max(1, Math.sqrt((1 - Math.min(1, sigma)) / kappa));
}

/** The greatest throughput [1/s]; infinity where it grows for ever. */
export function peakThroughput(law: ScalabilityLaw): number {
  if (law.kappa > 0) return throughputAt(law, peakConcurrency(law));
  return law.sigma > 0 ? law.lambda / law.sigma : Number.POSITIVE_INFINITY;
}

/** Concurrency at which the ideal line, lambda N, meets the greatest throughput. */
export function kneeConcurrency(law: ScalabilityLaw): number {
  return peakThroughput(law) / law.lambda;
}

function slowdown(sigma: number, kappa: number, concurrency: number): number {
  return 1 + sigma * (concurrency - 1) + kappa * concurrency * (concurrency - 1);
}
