import type { ParamSpace, Params, Probe } from '@perf/schema';
import { milliseconds, positive, ratio, wholeNumber } from './check-option.js';
import { LoadError } from './load-error.js';
import {
  DRAIN_MS,
  type LoadFixture,
  type LoadOptions,
  type LoadThresholds,
  type PointOf,
} from './load-options.js';
import { constant, MOST_CONCURRENT } from './shapes/constant.js';
import { type LoadShape, plannedSeconds } from './shapes/load-shape.js';
import type { LoadTarget } from './target.js';

/** Beside the load itself [ms]: setup, warm-up, teardown. */
const SLACK_MS = 60_000;
const DEFAULT_SHAPE = { concurrency: 10, seconds: 10 };

/**
 * Load on a function or a server, as a probe for a suite. Nothing runs until the runner measures it.
 *
 * Its measurement has the metrics `throughput` [successful operations a second] and `latency_p50`, `_p90`, `_p99`,
 * `_p999` [ns], `error_rate` and `success_rate`, with the histograms, stages and timeline as artifacts.
 *
 * @param target - A function, called with what `setup` made or else the parameters: what it returns is awaited, a throw
 *   or rejection counts as an error. Or `http(…)`.
 * @param shape - How the load goes over time; default: ten calls in flight for ten seconds.
 * @throws {LoadError} `load/target`, `load/shape` or `load/option`.
 */
export function load<Input, const Space extends ParamSpace = Record<never, never>>(
  target: ((input: Input) => unknown) | LoadTarget<Input>,
  shape: LoadShape | undefined,
  options: LoadOptions<Space> & LoadFixture<Input, Space>,
): Probe;
export function load<const Space extends ParamSpace = Record<never, never>>(
  target: ((params: PointOf<Space>) => unknown) | LoadTarget<PointOf<Space>>,
  shape?: LoadShape,
  options?: LoadOptions<Space>,
): Probe;
export function load<Input>(
  target: ((input: Input | Params) => unknown) | LoadTarget<Input | Params>,
  shape: LoadShape = constant(DEFAULT_SHAPE),
  options: LoadOptions & Partial<LoadFixture<Input>> = {},
): Probe {
  checkTarget(target);
  checkShape(shape);
  checkOptions(options);
  // Histograms and all are loaded only to measure: every process of a perf file loads what it imports.
  const measure: Probe['measure'] = async (context) => {
    const { measureLoad } = await import('./measure-load.js');
    return measureLoad(target, shape, options, context);
  };
  const drainsMs = (options.drainMs ?? DRAIN_MS) * (shape.stages.length + (shape.search?.halvings ?? 0));
  return {
    kind: 'load',
    params: options.params ?? {},
    deadlineMs:
      options.deadlineMs ?? plannedSeconds(shape) * 1000 + (options.warmupMs ?? 0) + drainsMs + SLACK_MS,
    ...(options.tags !== undefined && { tags: options.tags }),
    measure,
    profile: async (context) => {
      const { profileWork } = await import('@perf/monitor');
      return profileWork(() => measure(context));
    },
  };
}

function checkTarget(target: unknown): void {
  if (typeof target === 'function') return;
  if (target !== null && typeof target === 'object' && 'connect' in target) return;
  throw new LoadError('load/target', 'load() calls a function or sends requests.', {
    seen: typeof target,
    remedy: "Write load(() => …, arrivals({ rate: 100, seconds: 10 })) or load(http('http://…'), …).",
  });
}

function checkShape(shape: unknown): void {
  const stages = shape !== null && typeof shape === 'object' && 'stages' in shape ? shape.stages : undefined;
  if (Array.isArray(stages) && stages.length > 0) return;
  throw new LoadError('load/shape', 'The second argument of load() is no shape.', {
    seen: typeof shape,
    remedy: 'Give constant(…), arrivals(…), ramp(…), peak(…), stress(…), endurance(…) or scale(…).',
  });
}

function checkOptions(options: LoadOptions): void {
  const { warmupMs = 0, drainMs = 1, deadlineMs = 1, maxInFlight = 1, thresholds = {} } = options;
  if (warmupMs !== 0) milliseconds('warmupMs', warmupMs);
  milliseconds('drainMs', drainMs);
  milliseconds('deadlineMs', deadlineMs);
  wholeNumber('maxInFlight', maxInFlight, MOST_CONCURRENT);
  for (const [name, limit] of Object.entries(thresholds)) {
    if (limit !== undefined) checkThreshold(name, limit);
  }
}

const THRESHOLDS: Readonly<Record<keyof LoadThresholds, (name: string, value: number) => void>> = {
  p50Ms: positive,
  p90Ms: positive,
  p99Ms: positive,
  p999Ms: positive,
  errorRate: ratio,
  rate: positive,
};

function checkThreshold(name: string, limit: number): void {
  if (Object.hasOwn(THRESHOLDS, name)) {
    THRESHOLDS[name as keyof LoadThresholds](`thresholds.${name}`, limit);
    return;
  }
  throw new LoadError('load/option', `There is no threshold "${name}".`, {
    seen: name,
    remedy: `Give one of ${Object.keys(THRESHOLDS).join(', ')}.`,
  });
}
