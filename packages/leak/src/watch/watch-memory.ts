import { MemoryWatch } from './memory-watch.js';
import type { WatchOptions } from './watch-options.js';

/**
 * Watches what this process holds for as long as it runs, and tells by an event what seems to leak.
 *
 * It collects no garbage, keeps the program alive for nothing, and its own memory does not grow. Readings are few and
 * cheap: see `cost` of its report. Times are of the monotonic clock, so that setting the clock changes nothing.
 *
 * A suspicion takes growth that is even and goes on, as `leak()` asks of a leak, by more than the floors in total and per
 * hour; an interval of the Theil–Sen slope above the latter, widened for neighbours that are alike and for all looks
 * there will ever be; a Mann–Kendall test that agrees; and a window of at least `minWindowMs`, or of `cycleMs` where the
 * budget would last longer than that.
 *
 * @throws {LeakError} `leak/option`.
 */
export function watchMemory(options: WatchOptions = {}): MemoryWatch {
  return new MemoryWatch(options);
}
