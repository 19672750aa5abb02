import { positive, ratio, refuse } from '../check-option.js';
import { stageAt } from './constant.js';
import type { LoadShape, StressLimits } from './load-shape.js';

export interface StressOptions {
  /** What is stepped up: arrivals a second, in the open model (default), or calls in flight, in the closed one. */
  readonly vary?: 'rate' | 'concurrency';
  /** First level. */
  readonly from: number;
  /** What each stage adds. */
  readonly step: number;
  /** Greatest level to try, default `from` plus 20 steps. */
  readonly to?: number;
  /** Time of each stage [s], default 5. */
  readonly secondsEach?: number;
  /**
   * When the target counts as broken. At least one of the two. In the open model it also does when it falls behind
   * the arrivals.
   */
  readonly until: StressLimits;
  /** After the first stage that broke: halvings between it and the last that held, default 3. */
  readonly halvings?: number;
}

const DEFAULT_SECONDS = 5;
const DEFAULT_STEPS = 20;
const DEFAULT_HALVINGS = 3;
/** So that a slip of the keyboard is no load of a week. */
const MOST_STEPS = 1000;
const MOST_HALVINGS = 20;

/**
 * Searches for the breaking point: steps up until a stage breaks, then halves the gap to the last that held.
 *
 * The measurement has the metric `capacity`, the greatest level that held, and `artifacts.load.breakingPoint`.
 *
 * @throws {LoadError} `load/option`.
 */
export function stress(options: StressOptions): LoadShape {
  const { vary = 'rate', from, step, until, secondsEach = DEFAULT_SECONDS } = options;
  const { halvings = DEFAULT_HALVINGS, to = from + DEFAULT_STEPS * step } = options;
  if (vary !== 'rate' && vary !== 'concurrency') refuse('vary', vary, '"rate" or "concurrency"');
  positive('from', from);
  positive('step', step);
  if (!(to >= from)) refuse('to', to, `a number from ${from}, where it starts`);
  if (!Number.isInteger(halvings) || halvings < 0 || halvings > MOST_HALVINGS) {
    refuse('halvings', halvings, `a whole number from 0 to ${MOST_HALVINGS}`);
  }
  checkLimits(until);
  const steps = Math.floor((to - from) / step) + 1;
  if (steps > MOST_STEPS) refuse('step', step, `one that needs at most ${MOST_STEPS} stages`);
  const stages = Array.from({ length: steps }, (_, index) => {
    const level = from + index * step;
    return stageAt(vary === 'rate' ? { rate: level } : { concurrency: level }, secondsEach);
  });
  return {
    shape: 'stress',
    model: vary === 'rate' ? 'open' : 'closed',
    stages,
    search: { until: { ...until }, halvings },
  };
}

function checkLimits(until: StressLimits | undefined): void {
  if (until?.p99Ms === undefined && until?.errorRate === undefined) {
    refuse('until', JSON.stringify(until), 'what counts as broken, such as { p99Ms: 100, errorRate: 0.01 }');
  }
  if (until.p99Ms !== undefined) positive('until.p99Ms', until.p99Ms);
  if (until.errorRate !== undefined) ratio('until.errorRate', until.errorRate);
}
