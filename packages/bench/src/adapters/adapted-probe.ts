import type { LiveProbe, ParamSpace, Params, Probe, ProbeContext } from '@perf/schema/core';
import { bench } from '../bench.js';
import type { BenchHooks, BenchOptions } from '../bench-options.js';

/** A benchmark of another tool, set up in the process that measures it. */
export interface Prepared extends Pick<BenchOptions, 'concurrency'>, BenchHooks<unknown> {
  /** What is measured. */
  readonly fn: () => unknown;
  /** Called after measuring: throws if what was measured means something else to its tool. */
  readonly check?: () => unknown;
  /** Clears up, also when the measured function threw. */
  readonly close?: () => unknown;
}

/** What is known of a benchmark before it is set up. */
export type Known = Partial<Pick<Probe, 'params' | 'mode'>>;

/**
 * A probe that sets a benchmark up when it is measured, since only then it shows what it is: how many calls are to be in
 * flight, what its generator yields.
 */
export function adaptedProbe(
  prepare: (params: Params) => Prepared | Promise<Prepared>,
  { params = {} satisfies ParamSpace, mode }: Known = {},
): Probe {
  const using = async <Result>(
    context: ProbeContext,
    use: (probe: ReturnType<typeof probeFrom>) => Promise<Result>,
  ) => {
    const { fn, check, close, ...options } = await prepare(context.probe.params);
    const result = await use(probeFrom(fn, options))
      .then(async (done) => {
        await check?.();
        return done;
      })
      .catch(async (error: unknown) => await closeAfter(error, close));
    await close?.();
    return result;
  };
  return {
    kind: 'bench',
    params,
    ...(mode !== undefined && { mode }),
    measure: (context) => using(context, (probe) => probe.measure(context)),
    profile: (context) => using(context, (probe) => probe.profile(context)),
    open: async (context) => await opened(await prepare(context.probe.params), context),
  };
}

/** A benchmark, which can do all that a probe may. */
function probeFrom(
  fn: () => unknown,
  options: Omit<Prepared, 'fn'>,
): Required<Pick<Probe, 'measure' | 'open' | 'profile'>> {
  return bench(fn, options) as Required<Probe>;
}

/** A live probe that clears up after itself and what it was prepared with. */
async function opened({ fn, check, close, ...options }: Prepared, context: ProbeContext): Promise<LiveProbe> {
  const live = await probeFrom(fn, options)
    .open(context)
    .catch(async (error: unknown) => await closeAfter(error, close));
  return {
    operations: live.operations,
    run: (rounds) => live.run(rounds),
    finish: async (batches, profile) => {
      const measurement = await live.finish(batches, profile);
      await check?.();
      return measurement;
    },
    close: async () => {
      await live.close();
      await close?.();
    },
  };
}

/** Clears up after a failure, which is what is told: not what goes wrong because of it. */
async function closeAfter(failure: unknown, close: Prepared['close']): Promise<never> {
  try {
    await close?.();
  } catch {
    throw failure;
  }
  throw failure;
}
