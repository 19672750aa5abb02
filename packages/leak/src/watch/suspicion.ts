import type { Interval } from '@perf/schema';
import type { HeldResource } from '../held/read-held.js';
import { openByKind } from '../subject/open-by-kind.js';
import type { Budget } from './budget.js';
import { inAmounts, inTime, listed } from './suspicion-words.js';
import type { Trend } from './trend.js';

const HOUR_MS = 3_600_000;

/** What seems to leak, and what to do about it. Plain data. */
export interface Suspicion {
  readonly resource: HeldResource;
  /** Growth per hour: bytes, or for `fd` and `handle` their number. A 95 % interval, wider where neighbours are alike. */
  readonly perHour: Interval;
  /** Chance of such a trend without growth, corrected for neighbours that are alike and not for the number of looks. */
  readonly p: number;
  /** That it rests on, and the time from the first to the last [ms]. */
  readonly readings: number;
  readonly overMs: number;
  /** Over that time: bytes, or a number. */
  readonly growth: number;
  /** Now: bytes, or a number. */
  readonly held: number;
  /** What the resource may come to, and the time until then at this rate [ms]. Absent where nothing limits it. */
  readonly budget?: { readonly limit: number; readonly fullInMs: number };
  /** Of `fd` and `handle`: what is open now, by kind. */
  readonly kinds?: Readonly<Record<string, number>>;
  /** All of that in words, and what to do next. */
  readonly message: string;
}

/** A suspicion of a trend. Cost: of descriptors a system call for each. */
export function suspicionOf(
  resource: HeldResource,
  trend: Trend,
  held: number,
  budget: Budget | undefined,
): Suspicion {
  const kinds = resource === 'fd' || resource === 'handle' ? openByKind()[resource] : undefined;
  const { perHour, p, readings, overMs, growth } = trend;
  const suspicion = {
    resource,
    perHour,
    p,
    readings,
    overMs,
    growth,
    held,
    ...(budget && {
      budget: { limit: budget.limit, fullInMs: (budget.left / perHour.estimate) * HOUR_MS },
    }),
    ...(kinds && { kinds }),
  };
  return { ...suspicion, message: `${seen(suspicion)} ${nextStep(suspicion)}` };
}

function seen({ resource, perHour, overMs, readings, held, budget }: Omit<Suspicion, 'message'>): string {
  const amounts = inAmounts(resource);
  const { estimate, low, high } = perHour;
  const until = budget
    ? ` At this rate its ${amounts(budget.limit)} are full in ${inTime(budget.fullInMs)}.`
    : '';
  return `${names[resource]} grows by ${amounts(estimate)} an hour (${amounts(low)} to ${amounts(high)}), evenly over ${inTime(overMs)} in ${readings} readings, and holds ${amounts(held)}.${until}`;
}

const names: Readonly<Record<HeldResource, string>> = {
  heap: 'What V8 keeps on its heap',
  external: 'The memory of buffers',
  rss: 'Resident memory beside the heap and its buffers',
  fd: 'The number of open descriptors',
  handle: 'The number of active handles',
};

function nextStep({ resource, kinds }: Omit<Suspicion, 'message'>): string {
  if (resource === 'rss')
    return 'Heap snapshots do not show it: look at native addons, and at what they allocate; where there are none, at the allocator (MALLOC_ARENA_MAX=2).';
  if (resource === 'fd')
    return `Look who opens them and does not close them: ls -l /proc/${process.pid}/fd. Most are ${listed(kinds)}.`;
  if (resource === 'handle')
    return `Look who makes them and does not end them: process.getActiveResourcesInfo(). Most are ${listed(kinds)}.`;
  return 'Write two heap snapshots some time apart with takeSnapshot(file), and see what was added and what holds it: perfkit leak diff <earlier> <later>.';
}
