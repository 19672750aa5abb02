import { performance } from 'node:perf_hooks';
import {
  type Measurement,
  type Metric,
  measurementOf,
  type Params,
  type ProbeContext,
} from '@perf/schema/core';
import type { LeakFixture, LeakOptions } from './leak-options.js';
import { type LeakReport, reportOn } from './leak-report.js';
import { thisProcess } from './subject/this-process.js';

/**
 * Hunts for leaks in this process: set-up, the hunt, teardown.
 *
 * Rejects with whatever the measured function or its fixture throws; teardown runs all the same.
 */
export async function measureLeak<Input>(
  fn: (input: Input | Params) => unknown,
  options: LeakOptions & Partial<LeakFixture<Input>>,
  context: ProbeContext,
): Promise<Measurement> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const { params } = context.probe;
  const input = options.setup === undefined ? params : await options.setup(params);
  const { beforeBlock, afterBlock } = options;
  const subject = thisProcess(() => fn(input), {
    concurrency: options.concurrency,
    before: beforeBlock && (() => beforeBlock(input as Input)),
    after: afterBlock && (() => afterBlock(input as Input)),
  });
  try {
    const { findings, growth, warnings } = await reportOn(subject, options, {
      share: context.budget.share,
      deadline: context.deadline,
      signal: context.signal,
      tell: (doing) => context.tell?.({ doing, figures: {} }),
    });
    return measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt,
      elapsed: Math.round((performance.now() - started) * 1e6),
      seed: context.seed,
      status: 'ok',
      metrics: metricsOf(findings),
      findings: [...findings],
      warnings: [...warnings],
      artifacts: { growth },
    });
  } finally {
    subject.close();
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  }
}

/** The growth of each resource as a metric. */
export function metricsOf(findings: LeakReport['findings']): Metric[] {
  return findings.map(({ resource, bytesPerIteration }) => ({
    name: `${resource}_growth`,
    unit: resource === 'fd' || resource === 'handle' ? 'count' : 'bytes',
    better: 'lower',
    value: bytesPerIteration.estimate,
    judged: false,
  }));
}
