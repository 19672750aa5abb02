import { performance } from 'node:perf_hooks';

/** What taking the samples cost the observed process. */
export interface SamplingCost {
  /** Of one core: 0.005 is half a percent. */
  readonly share: number;
  /** Of one sample [ns]. */
  readonly perSample: { readonly min: number; readonly mean: number; readonly max: number };
}

/**
 * Measures what sampling costs: of each sample the lesser of the time that passed and the CPU time that the process
 * used. Either is at least what the sample took; the first has being switched out in it, the second other threads.
 */
export class CostMeter {
  #samples = 0;
  #total = 0;
  #min: number = Number.POSITIVE_INFINITY;
  #max = 0;

  /** Runs one sample. */
  measure(sample: () => void): void {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    sample();
    const after = process.cpuUsage();
    const passed = (performance.now() - startedAt) * 1e6;
    const used = (after.user + after.system - before.user - before.system) * 1000;
    const cost = Math.min(passed, used);
    this.#samples += 1;
    this.#total += cost;
    this.#min = Math.min(this.#min, cost);
    this.#max = Math.max(this.#max, cost);
  }

  /** @param duration - In which the samples were taken [ns]. */
  summary(duration: number): SamplingCost {
    return {
      share: this.#total / duration,
      perSample: { min: this.#min, mean: this.#total / this.#samples, max: this.#max },
    };
  }
}
