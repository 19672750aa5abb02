import { patterns, positive, wholeNumber } from './check-options.js';
import { FEWEST_BLOCKS } from './growth/judge-growth.js';
import type { HuntOptions } from './leak-options.js';

/** @throws {LeakError} `leak/option` if one is out of range. */
export function checkHunt(options: HuntOptions): void {
  wholeNumber('iterations', options.iterations, 1);
  wholeNumber('blocks', options.blocks, FEWEST_BLOCKS);
  wholeNumber('warmup', options.warmup, 0);
  wholeNumber('concurrency', options.concurrency, 1);
  positive('budget', options.budget);
  patterns('allow', options.allow);
  positive('floorBytes', options.floorBytes);
}
