import { type ParamSpace, paramPoints } from '@perf/schema/core';

/** Figures of which none is a number: nothing was run here. */
export interface NoStats {
  readonly kind: 'fn';
  readonly debug: string;
  readonly samples: readonly number[];
  readonly [figure: string]: unknown;
}

/** What mitata says of a benchmark after a run, without figures. */
export interface Trial {
  readonly alias: string;
  readonly baseline: boolean;
  readonly kind: 'static' | 'args' | 'multi-args';
  readonly args: Readonly<Record<string, readonly unknown[]>>;
  readonly runs: readonly { name: string; args: Record<string, unknown>; stats: NoStats; error: undefined }[];
  readonly style: { readonly compact: boolean; readonly highlight: false };
}

export function noStats(): NoStats {
  const names = ['min', 'max', 'avg', 'p25', 'p50', 'p75', 'p99', 'p999', 'ticks'];
  const spread = { avg: Number.NaN, min: Number.NaN, max: Number.NaN, total: Number.NaN };
  return {
    ...Object.fromEntries(names.map((name) => [name, Number.NaN])),
    kind: 'fn',
    debug: '',
    samples: [],
    gc: spread,
    heap: spread,
  };
}

export function trialOf(name: string, args: Trial['args'], params: ParamSpace): Trial {
  const count = Object.keys(args).length;
  const filled = (point: Readonly<Record<string, unknown>>) =>
    Object.entries(point).reduce((text, [key, value]) => text.replaceAll(`$${key}`, String(value)), name);
  return {
    alias: name,
    baseline: false,
    kind: count === 0 ? 'static' : count === 1 ? 'args' : 'multi-args',
    args,
    runs: paramPoints(params).map((point) => ({
      name: filled(point),
      args: { ...point },
      stats: noStats(),
      error: undefined,
    })),
    style: { compact: false, highlight: false },
  };
}
