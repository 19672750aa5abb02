import { seconds as checkSeconds, positive, wholeNumber } from '../check-option.js';
import type { LoadShape, StagePlan } from './load-shape.js';

/** Calls in flight at most: each is a promise and, over HTTP, a socket. */
export const MOST_CONCURRENT = 100_000;
/** More arrivals a second than one process starts. */
export const MOST_ARRIVALS = 1_000_000;

/** Calls in flight (closed model) or arrivals a second (open model); one of the two. */
export type LoadLevel = { readonly concurrency: number } | { readonly rate: number };

/**
 * So many calls in flight all the time: whenever one ends, the next starts. Closed model: a slow target gets less load.
 *
 * @throws {LoadError} `load/option` if `concurrency` is no whole number from 1 or `seconds` not in (0, 86,400].
 */
export function constant(options: { readonly concurrency: number; readonly seconds: number }): LoadShape {
  return { shape: 'constant', model: 'closed', stages: [closedStage(options)] };
}

/**
 * So many arrivals a second at equal distances, whether earlier ones have ended or not. Open model: what users out in
 * the world do. Latency counts from when a call was due.
 *
 * @param options - `rate` in arrivals a second, also below 1.
 * @throws {LoadError} `load/option` if a number is not above 0, or too large.
 */
export function arrivals(options: { readonly rate: number; readonly seconds: number }): LoadShape {
  return { shape: 'constant', model: 'open', stages: [openStage(options)] };
}

/**
 * Holds one load for long, to see whether latency or memory creep up: gives findings of kind `trend`.
 *
 * @param options - `concurrency` for the closed or `rate` for the open model.
 * @throws {LoadError} `load/option`.
 */
export function endurance(options: LoadLevel & { readonly seconds: number }): LoadShape {
  const stage = stageAt(options, options.seconds);
  return { shape: 'endurance', model: stage.model, stages: [stage] };
}

/** A stage that holds a level. @throws {LoadError} `load/option`. */
export function stageAt(level: LoadLevel, seconds: number): StagePlan {
  return 'rate' in level
    ? openStage({ rate: level.rate, seconds })
    : closedStage({ concurrency: level.concurrency, seconds });
}

function closedStage({ concurrency, seconds }: { concurrency: number; seconds: number }): StagePlan {
  wholeNumber('concurrency', concurrency, MOST_CONCURRENT);
  checkSeconds('seconds', seconds);
  return { model: 'closed', concurrency, seconds };
}

function openStage({ rate, seconds }: { rate: number; seconds: number }): StagePlan {
  positive('rate', rate, MOST_ARRIVALS);
  checkSeconds('seconds', seconds);
  return { model: 'open', rate, seconds };
}
