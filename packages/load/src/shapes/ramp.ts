import { seconds as checkSeconds, wholeNumber } from '../check-option.js';
import { MOST_CONCURRENT } from './constant.js';
import type { ConcurrencyStage, LoadShape } from './load-shape.js';

interface RampOptions {
  /** Calls in flight at the start. */
  readonly from: number;
  /** Calls in flight at the end of the ramp. */
  readonly to: number;
  readonly seconds: number;
}

/** Stages of `peak`, each a fifth of its time. */
const PEAK_STAGES = 5;

/**
 * Calls in flight that rise, or fall, evenly. Closed model.
 *
 * @throws {LoadError} `load/option`.
 */
export function ramp(options: RampOptions): LoadShape {
  return { shape: 'ramp', model: 'closed', stages: [rampStage(options)] };
}

/**
 * A rush and what is left of it: `from` calls in flight, a rise to `to`, `to`, a fall, and `from` again, each for a
 * fifth of the time. Closed model. The last stage against the first shows whether the target recovers.
 *
 * @throws {LoadError} `load/option`.
 */
export function peak({ from, to, seconds }: RampOptions): LoadShape {
  const part = seconds / PEAK_STAGES;
  const rise = rampStage({ from, to, seconds: part });
  const calm: ConcurrencyStage = { model: 'closed', concurrency: from, seconds: part };
  const rush: ConcurrencyStage = { model: 'closed', concurrency: to, seconds: part };
  const fall: ConcurrencyStage = { ...rush, rampTo: from };
  return { shape: 'peak', model: 'closed', stages: [calm, rise, rush, fall, calm] };
}

function rampStage({ from, to, seconds }: RampOptions): ConcurrencyStage {
  wholeNumber('from', from, MOST_CONCURRENT);
  wholeNumber('to', to, MOST_CONCURRENT);
  checkSeconds('seconds', seconds);
  return { model: 'closed', concurrency: from, rampTo: to, seconds };
}
