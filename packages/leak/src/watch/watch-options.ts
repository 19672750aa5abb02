import { LeakError } from '../leak-error.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MIB = 2 ** 20;
/** Shorter windows hold too few readings to judge. */
const FEWEST_INTERVALS = 16;

/** How a service is watched; every field has a default. */
export interface WatchOptions {
  /** Time between readings [ms], from 10 to an hour; default 10,000. It is lengthened where a reading takes over 1 % of it. */
  readonly intervalMs?: number;
  /** What the service takes to load, compile and fill its pools [ms], up to a day; not read meanwhile. Default 5 minutes. */
  readonly warmupMs?: number;
  /** No suspicion rests on less time than this [ms], from 16 intervals to a week; default 30 minutes. */
  readonly minWindowMs?: number;
  /**
   * The longest time for which load may rise in a healthy service [ms], from `minWindowMs` to a week; default a day.
   * Growth that leaves more time than this until the budget is full must have lasted for so long.
   */
  readonly cycleMs?: number;
  /** Growth in total that is no suspicion yet [bytes]; default 4 MiB, and four times that of resident memory. */
  readonly floorBytes?: number;
  /** Growth per hour that is none [bytes]; default 1 MiB: 2 GiB then last for three months. */
  readonly floorBytesPerHour?: number;
  /** What V8's heap may come to [bytes]; default its `heap_size_limit`. */
  readonly budgetBytes?: number;
  /** Folder for a heap snapshot at the first suspicion; none is written without it. */
  readonly snapshotDir?: string;
  /** Used heap above which no snapshot is written [bytes]; default 64 MiB. */
  readonly maxSnapshotHeapBytes?: number;
}

/** Options with their defaults. */
export interface WatchSettings extends Required<Omit<WatchOptions, 'budgetBytes' | 'snapshotDir'>> {
  readonly budgetBytes: number | undefined;
  readonly snapshotDir: string | undefined;
}

/** @throws {LeakError} `leak/option` if one is out of range. */
export function watchSettings(options: WatchOptions): WatchSettings {
  const intervalMs = within('intervalMs', options.intervalMs ?? 10_000, 10, HOUR_MS);
  const shortest = FEWEST_INTERVALS * intervalMs;
  const window = options.minWindowMs ?? Math.max(30 * MINUTE_MS, shortest);
  const minWindowMs = within('minWindowMs', window, shortest, 7 * DAY_MS);
  const cycle = options.cycleMs ?? Math.max(DAY_MS, minWindowMs);
  return {
    intervalMs,
    warmupMs: within('warmupMs', options.warmupMs ?? 5 * MINUTE_MS, 0, DAY_MS),
    minWindowMs,
    cycleMs: within('cycleMs', cycle, minWindowMs, 7 * DAY_MS),
    floorBytes: bytes('floorBytes', options.floorBytes ?? 4 * MIB),
    floorBytesPerHour: bytes('floorBytesPerHour', options.floorBytesPerHour ?? MIB),
    budgetBytes: options.budgetBytes === undefined ? undefined : bytes('budgetBytes', options.budgetBytes),
    snapshotDir: folder(options.snapshotDir),
    maxSnapshotHeapBytes: bytes('maxSnapshotHeapBytes', options.maxSnapshotHeapBytes ?? 64 * MIB),
  };
}

function within(name: string, value: number, least: number, most: number): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  return refuse(name, value, `milliseconds from ${least} to ${most}`);
}

function bytes(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  return refuse(name, value, 'a finite number of bytes above 0');
}

function folder(value: string | undefined): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  return refuse('snapshotDir', value, 'the path of a folder that the service may write to');
}

function refuse(name: string, seen: unknown, wanted: string): never {
  throw new LeakError('leak/option', `The option "${name}" of watch() is ${JSON.stringify(seen)}.`, {
    seen,
    remedy: `Give ${wanted}.`,
  });
}
