import { performance } from 'node:perf_hooks';
import {
  type Culprit,
  type Finding,
  type Growth,
  type Measurement,
  type Metric,
  measurementOf,
  type Params,
  type ProbeContext,
  type Warning,
} from '@perf/schema/core';
import { floorsOf } from './growth/floors.js';
import { FEWEST_BLOCKS } from './growth/judge-growth.js';
import type { HeldResource } from './held/read-held.js';
import { blockSize } from './hunt/block-size.js';
import { findGrown } from './hunt/find-grown.js';
import { type Blocks, MOST_BLOCKS, runBlocks } from './hunt/run-blocks.js';
import type { LeakFixture, LeakOptions } from './leak-options.js';

/** Time that a block is meant to take [ms]: long against what V8 does once in a while, 24 of them a few seconds. */
const BLOCK_MS = 150;
/** Time for all blocks of a slow function [ms]. */
const TOTAL_MS = 15_000;
/** Blocks end after so many times that, with all settling between them; settling takes as long for a smaller share. */
const PATIENCE = 3;
/** Part of the time until the deadline that blocks may take: the rest is for snapshots and clearing up. */
const DEADLINE_SHARE = 0.7;
const WARMUP_BLOCKS = 2;

/**
 * Hunts for leaks in this process: set-up, block size, warm-up, blocks, snapshots if the heap leaks, teardown.
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
  const { signal } = context;
  const input = options.setup === undefined ? params : await options.setup(params);
  try {
    const call = () => fn(input);
    const { share } = context.budget;
    const leftMs = (context.deadline - Date.now()) * DEADLINE_SHARE;
    const untilMs = performance.now() + Math.min(leftMs, TOTAL_MS * Math.max(1, PATIENCE * share));
    const warmupBlocks = options.warmupBlocks ?? WARMUP_BLOCKS;
    const iterations =
      options.iterations ??
      (await blockSize(call, {
        blockMs: BLOCK_MS * share,
        totalMs: Math.min(TOTAL_MS * share, leftMs / 2),
        blocks: (options.blocks ?? MOST_BLOCKS) + warmupBlocks,
        untilMs,
        signal,
      }));
    const blocks = await runBlocks(call, {
      iterations,
      blocks: options.blocks,
      warmupBlocks,
      floors: floorsOf(options.floorBytes),
      untilMs,
      signal,
      onBlock: (block) => tellOf(context, block, options.blocks ?? MOST_BLOCKS),
    });
    const leaking = blocks.verdicts.get('heap')?.verdict === 'leaking';
    const found =
      (options.snapshots ?? leaking)
        ? await findGrown(call, { iterations, deadline: context.deadline, signal })
        : { warnings: [] };
    return measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt,
      elapsed: Math.round((performance.now() - started) * 1e6),
      seed: context.seed,
      status: 'ok',
      metrics: metricsOf(blocks),
      findings: findingsOf(blocks, found.culprit),
      warnings: [...warningsOf(blocks), ...found.warnings],
      artifacts: { growth: growthOf(blocks, found.constructors) },
    });
  } finally {
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  }
}

function metricsOf({ verdicts }: Blocks): Metric[] {
  return [...verdicts].map(([resource, { perIteration }]) => ({
    name: `${resource}_growth`,
    unit: isCounted(resource) ? 'count' : 'bytes',
    better: 'lower',
    value: perIteration.estimate,
    judged: false,
  }));
}

/** What grew on the heap explains the heap and what its objects own; native memory, descriptors and handles not. */
function findingsOf({ verdicts }: Blocks, culprit: Culprit | undefined): Finding[] {
  return [...verdicts].map(([resource, { verdict, perIteration, sensitivity }]) => ({
    kind: 'leak',
    verdict,
    resource,
    bytesPerIteration: perIteration,
    sensitivityBytes: sensitivity,
    ...(culprit !== undefined && resource === 'heap' && { culprit }),
  }));
}

function growthOf({ log }: Blocks, constructors: Growth['constructors'] | undefined): Growth {
  return { ...log.toGrowth(), ...(constructors !== undefined && { constructors }) };
}

function warningsOf({ log, complete }: Blocks): Warning[] {
  if (complete) return [];
  const blocks = log.length - 1;
  const worth = blocks < FEWEST_BLOCKS ? 'too few to judge' : 'fewer than planned';
  return [
    {
      code: 'leak/few-blocks',
      message: `The time was up after ${blocks} blocks, ${worth}: give it a later deadline (deadlineMs of leak(), or --deadline), or fewer iterations.`,
    },
  ];
}

function isCounted(resource: HeldResource): boolean {
  return resource === 'fd' || resource === 'handle';
}

function tellOf(context: ProbeContext, block: number, most: number): void {
  context.tell?.({ doing: `block ${block} of at most ${most}`, figures: {} });
}
