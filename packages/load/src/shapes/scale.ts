import { refuse } from '../check-option.js';
import { stageAt } from './constant.js';
import type { LoadShape } from './load-shape.js';

/** From one to a hundred in flight, about evenly apart on a logarithmic scale: enough points for a law of three. */
const DEFAULT_CONCURRENCY: readonly number[] = [1, 2, 5, 10, 20, 50, 100];
const DEFAULT_SECONDS = 2;

/**
 * How throughput grows with calls in flight: one stage for each number. A run fits the Universal Scalability Law to
 * the stages of all its processes. Closed model.
 *
 * @param options - `concurrency`, ascending, default 1 to 100 in seven stages; `secondsEach`, default 2.
 * @throws {LoadError} `load/option` also if the numbers do not ascend.
 */
export function scale(
  options: { readonly concurrency?: readonly number[]; readonly secondsEach?: number } = {},
): LoadShape {
  const { concurrency = DEFAULT_CONCURRENCY, secondsEach = DEFAULT_SECONDS } = options;
  const ascending = concurrency.every(
    (value, index) => index === 0 || value > (concurrency[index - 1] ?? value),
  );
  if (concurrency.length === 0 || !ascending) {
    refuse('concurrency', concurrency.join(', '), 'one or more numbers, ascending');
  }
  const stages = concurrency.map((value) => stageAt({ concurrency: value }, secondsEach));
  return { shape: 'scale', model: 'closed', stages };
}
