import type { Measurement, Params, ProbeContext } from '@perf/schema';
import type { LoadFixture, LoadOptions } from './load-options.js';
import { loadMeasurement } from './result/load-measurement.js';
import type { LoadShape } from './shapes/load-shape.js';
import type { LoadTarget } from './target.js';
import { underLoad } from './under-load.js';

/**
 * Measures one load in this process: set-up, warm-up, its stages under observation, teardown.
 *
 * Rejects with what the fixture throws or the signal's reason; what the target throws is counted. Teardown runs all the
 * same.
 */
export async function measureLoad<Input>(
  target: ((input: Input | Params) => unknown) | LoadTarget<Input | Params>,
  shape: LoadShape,
  options: LoadOptions & Partial<LoadFixture<Input>>,
  context: ProbeContext,
): Promise<Measurement> {
  const { params } = context.probe;
  const { setup, teardown, targetPid } = options;
  const input = setup === undefined ? params : await setup(params);
  try {
    const connection = typeof target === 'function' ? undefined : await target.connect(input);
    try {
      const observed = await underLoad({
        call: connection === undefined ? callOf(target, input) : () => connection.call(),
        remote: typeof target !== 'function' && target.remote,
        targetPid: setup === undefined ? undefined : targetPid?.(input as Input),
        shape,
        options,
        context,
      });
      return loadMeasurement(observed, options.thresholds, context);
    } finally {
      await connection?.close();
    }
  } finally {
    if (setup !== undefined) await teardown?.(input as Input);
  }
}

function callOf<Input>(target: unknown, input: Input): () => unknown {
  const fn = target as (input: Input) => unknown;
  return () => fn(input);
}
