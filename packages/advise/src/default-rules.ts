import type { Rule } from './rule.js';
import { allocationSite } from './rules/allocation-site.js';
import { coherency } from './rules/coherency.js';
import { contention } from './rules/contention.js';
import { errorRate } from './rules/error-rate.js';
import { eventLoopBlocked } from './rules/event-loop-blocked.js';
import { garbageCollection } from './rules/garbage-collection.js';
import { memoryGrowth } from './rules/memory-growth.js';
import { regression } from './rules/regression.js';
import { tooFewProcesses } from './rules/too-few-processes.js';
import { tooNoisy } from './rules/too-noisy.js';

/** The policy: what perfkit looks for. Among findings that are equally severe and weigh the same, this is the order. */
export const defaultRules: readonly Rule[] = [
  regression,
  errorRate,
  memoryGrowth,
  eventLoopBlocked,
  garbageCollection,
  allocationSite,
  coherency,
  contention,
  tooNoisy,
  tooFewProcesses,
];
