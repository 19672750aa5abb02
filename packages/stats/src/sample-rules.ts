import { SampleError } from './sample-error.js';

/**
 * Refuses a sample that is empty or holds NaN or an infinity.
 *
 * @param values - Read only, any order.
 * @param name - What the caller's reader knows the sample as, for the message.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`.
 */
export function requireSample(values: readonly number[], name: string): void {
  if (values.length === 0) {
    throw new SampleError('stats/too-few', `There are no values in ${name}.`, {
      seen: 0,
      remedy: 'Give at least one value.',
    });
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) {
    throw new SampleError('stats/not-finite', `Value ${wrong} of ${name} is ${values[wrong]}.`, {
      seen: values[wrong],
      remedy: 'Leave out what was not measured, do not write it as NaN or infinity.',
    });
  }
}

/**
 * Refuses a sample that a ratio cannot be taken of.
 *
 * @throws {SampleError} as `requireSample`, and `stats/not-positive` for a value of 0 or below.
 */
export function requirePositiveSample(values: readonly number[], name: string): void {
  requireSample(values, name);
  const wrong = values.findIndex((value) => value <= 0);
  if (wrong !== -1) {
    throw new SampleError(
      'stats/not-positive',
      `Value ${wrong} of ${name} is ${values[wrong]}; a ratio needs values above 0.`,
      { seen: values[wrong], remedy: 'Compare differences instead of ratios, or leave the metric out.' },
    );
  }
}

/** Refuses a confidence outside (0, 1). @throws {SampleError} `stats/out-of-range`. */
export function requireConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new SampleError('stats/out-of-range', `A confidence of ${confidence} cannot be kept.`, {
    seen: confidence,
    remedy: 'Give a fraction between 0 and 1, such as 0.95.',
  });
}

/** Refuses a threshold that is no finite number of at least 0. @throws {SampleError} `stats/out-of-range`. */
export function requireThreshold(threshold: number): void {
  if (threshold >= 0 && Number.isFinite(threshold)) return;
  throw new SampleError(
    'stats/out-of-range',
    `A threshold of ${threshold} is no change that can be allowed.`,
    {
      seen: threshold,
      remedy: 'Give a fraction of at least 0: 0.05 lets a value be 5 % worse.',
    },
  );
}

/** Refuses a value outside [0, 1]. @throws {SampleError} `stats/out-of-range`. */
export function requireFraction(value: number, name: string): void {
  if (value >= 0 && value <= 1) return;
  throw new SampleError('stats/out-of-range', `The ${name} ${value} does not lie between 0 and 1.`, {
    seen: value,
    remedy: 'Give a fraction: 0.9, not 90.',
  });
}

/** Refuses what is no whole number of at least 1. @throws {SampleError} `stats/out-of-range`. */
export function requireCount(value: number, name: string): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new SampleError('stats/out-of-range', `The ${name} ${value} is no whole number above 0.`, {
    seen: value,
    remedy: 'Give a whole number, such as 1000.',
  });
}
