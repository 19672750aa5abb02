import type { Culprit, Growth, LeakFinding, Warning } from '@perf/schema/core';
import type { Counted } from './count/count-growth.js';
import { floorsOf } from './growth/floors.js';
import { FEWEST_BLOCKS, type GrowthVerdict } from './growth/judge-growth.js';
import type { HeldResource } from './held/read-held.js';
import { exhaustionOf, type Room } from './hunt/exhaustion.js';
import { type Hunt, hunt } from './hunt/hunt.js';
import { kindsOf } from './hunt/opened.js';
import type { FilledContainer } from './hunt/plan.js';
import type { HuntOptions } from './leak-options.js';
import type { Running } from './snapshot/retainers.js';
import type { Subject } from './subject/subject.js';

/** Time that a block is meant to take [ms]: long against what V8 does once in a while, 24 of them a few seconds. */
const BLOCK_MS = 60;
/** Time for all blocks of a slow function [ms]. */
const TOTAL_MS = 8000;
/** Blocks end after so many times that, with all settling between them; settling takes as long for a smaller share. */
const PATIENCE = 3;
/** Part of the time until the deadline that blocks may take: the rest is for snapshots and clearing up. */
const DEADLINE_SHARE = 0.6;

/** What a hunt for leaks found. Plain data. */
export interface LeakReport {
  /** One for each resource that could be read. */
  readonly findings: readonly LeakFinding[];
  /** All readings, and what grew. */
  readonly growth: Growth;
  readonly warnings: readonly Warning[];
}

/** How a hunt is limited. */
export interface HuntLimits {
  /** Part of the usual time that it may take, in (0, 1]. */
  readonly share: number;
  /** Epoch time [ms] at which it has to be over. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly tell?: ((doing: string) => void) | undefined;
  /** Whether what calls belongs to the program: `root`; else its variables hold nothing that counts. Default `last`. */
  readonly running?: Running;
}

/**
 * Hunts for leaks in a subject, which stays open.
 *
 * Rejects with whatever the subject throws, or with the signal's reason.
 */
export async function reportOn(
  subject: Subject,
  options: HuntOptions,
  { share, deadline, signal, tell, running = 'last' }: HuntLimits,
): Promise<LeakReport> {
  const leftMs = (deadline - Date.now()) * DEADLINE_SHARE;
  const found = await hunt(subject, {
    blockMs: BLOCK_MS * share,
    totalMs: Math.min(TOTAL_MS * share, leftMs / 2),
    patienceMs: Math.min(leftMs, TOTAL_MS * Math.max(1, PATIENCE * share)),
    iterations: options.iterations,
    blocks: options.blocks,
    warmup: options.warmup,
    floors: floorsOf(options.floorBytes),
    budget: options.budget,
    count: options.snapshots,
    allow: (options.allow ?? []).map(asExpression),
    running,
    deadline,
    signal,
    tell,
  });
  return {
    findings: findingsOf(found, { capacity: await subject.capacity(), budget: options.budget }),
    growth: growthOf(found),
    warnings: [...warningsOf(found), ...found.warnings],
  };
}

function asExpression(pattern: string | RegExp): RegExp {
  return typeof pattern === 'string' ? new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')) : pattern;
}

function findingsOf(found: Hunt, room: Room): LeakFinding[] {
  return [...found.verdicts].map(([resource, verdict]) => {
    const culprit = culpritOf(found, resource, verdict);
    const [full] = resource === 'heap' ? found.filled : [];
    const exhaustion = exhaustionOf(resource, verdict, found.log, room);
    return {
      kind: 'leak',
      verdict: verdict.verdict,
      resource,
      bytesPerIteration: verdict.perIteration,
      sensitivityBytes: verdict.sensitivity,
      ...(culprit !== undefined && { culprit }),
      ...(exhaustion !== undefined && { exhaustion }),
      ...(full !== undefined && { fullAt: fullAtOf(full) }),
    };
  });
}

/** The size at which a container is full, or will be. */
function fullAtOf({ name, of, size, limit }: FilledContainer): NonNullable<LeakFinding['fullAt']> {
  if (limit === undefined) return { name, of, size };
  return { name, of, size: limit.size, limit: limit.name, iterations: limit.iterations };
}

/** What grew on the heap explains the heap; descriptors and handles are told by their kinds; native memory by nothing. */
function culpritOf(found: Hunt, resource: HeldResource, { verdict }: GrowthVerdict): Culprit | undefined {
  if (resource === 'heap') return found.counted?.culprit;
  const path = verdict === 'leaking' ? kindsOf(found.opened, resource) : [];
  return path.length > 0 ? { path } : undefined;
}

function growthOf({ log, counted, filled }: Hunt): Growth {
  return { ...log.toGrowth(), ...(counted !== undefined && countsOf(counted, filled)) };
}

function countsOf({ constructors, containers }: Counted, filled: Hunt['filled']): Partial<Growth> {
  const plain = ({ name, of, size, gains }: Hunt['filled'][number]) => ({
    name,
    of,
    size,
    gains: [...gains],
  });
  return {
    constructors: [...constructors],
    ...(filled.length === 0 && containers.length > 0 && { containers: containers.map(plain) }),
    ...(filled.length > 0 && { filled: filled.map(plain) }),
  };
}

function warningsOf({ log, complete, counted }: Hunt): Warning[] {
  const allowed = (counted?.allowed ?? []).map((path) => ({
    code: 'leak/allowed',
    message: `Growth that is allowed, held by ${path.slice(-4).join(' › ')}.`,
  }));
  if (complete) return allowed;
  const blocks = log.length - 1;
  const worth = blocks < FEWEST_BLOCKS ? 'too few to judge' : 'fewer than planned';
  return [
    {
      code: 'leak/few-blocks',
      message: `The time was up after ${blocks} blocks, ${worth}: give it more time (deadlineMs of leak(), timeoutMs, --deadline or --timeout), or fewer iterations.`,
    },
    ...allowed,
  ];
}
