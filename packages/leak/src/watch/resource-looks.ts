import type { HeldResource } from '../held/read-held.js';
import { BinnedLog, type Reading } from './binned-log.js';
import { type Budget, budgetOf } from './budget.js';
import { lookReach } from './look-level.js';
import { type Suspicion, suspicionOf } from './suspicion.js';
import { lowerBound, type Trend, trendOf } from './trend.js';
import { watchFloors } from './watch-floors.js';
import type { WatchSettings } from './watch-options.js';
import { windowsOf } from './windows.js';

const HOUR_MS = 3_600_000;
/** Cycles that a log reaches back: of days a week, so that a weekend does not look like a rest. */
const CYCLES = 7;
/** Two more than `judgeGrowth` asks for: the interval of the slope then leaves out a fifth of the pairs on each side. */
const FEWEST_READINGS = 9;
/** The next look comes when so many of the readings are new. */
const NEW_SHARE = 0.25;
/**
 * Of the test by ranks, which knows nothing of how far readings rise: an even rise whose neighbours are as alike as can be
 * gives no less than 0.14 in 9 readings, and 0.03 in 32. The interval of the slope keeps the level over all looks.
 */
const MOST_P = 0.15;
/** A suspicion is over when so much of the growth that raised it is gone. */
const GONE_SHARE = 0.5;

/** What a look changed; `held` now: bytes, or a number. */
export interface LookNews {
  readonly kind: 'suspicion' | 'resolved';
  readonly suspicion: Suspicion;
  readonly held: number;
}

/** The readings of one resource, the looks at them, and the suspicion that stands. Knows no clock. */
export class ResourceLooks {
  readonly resource: HeldResource;
  readonly log: BinnedLog;
  readonly #settings: WatchSettings;
  #looks = 0;
  #lookedAt: number = Number.NEGATIVE_INFINITY;
  #trend: Trend | undefined;
  #suspicion: Suspicion | undefined;

  constructor(resource: HeldResource, settings: WatchSettings) {
    this.resource = resource;
    this.#settings = settings;
    this.log = new BinnedLog(settings.intervalMs, CYCLES * settings.cycleMs);
  }

  /** Of all readings, at the last look. */
  get trend(): Trend | undefined {
    return this.#trend;
  }

  /** That stands now. */
  get suspicion(): Suspicion | undefined {
    return this.#suspicion;
  }

  /** Judges the readings if there are enough new ones. @param now - Of the clock of the readings [ms]. */
  look(now: number): LookNews | undefined {
    const readings = this.log.readings(now);
    const last = readings.at(-1);
    if (last === undefined || !this.#isDue(readings)) return undefined;
    this.#looks += 1;
    this.#lookedAt = last.at;
    const floor = watchFloors(this.#settings.floorBytes, this.#settings.floorBytesPerHour)[this.resource];
    const trends = windowsOf(readings).map((window) => trendOf(window, floor));
    this.#trend = trends[0];
    if (this.#suspicion !== undefined) return this.#ended(this.#suspicion, trends, last.value);
    const budget = budgetOf(this.resource, last.value, this.#settings.budgetBytes);
    const reach = lookReach(this.#looks);
    const rising = trends.find(
      (trend) =>
        trend.verdict === 'leaking' &&
        trend.p <= MOST_P &&
        lowerBound(trend, reach) > floor.perIteration &&
        trend.overMs >= this.#leastMs(trend.perHour.estimate, budget),
    );
    if (rising === undefined) return undefined;
    this.#suspicion = suspicionOf(this.resource, rising, last.value, budget);
    return { kind: 'suspicion', suspicion: this.#suspicion, held: last.value };
  }

  #isDue(readings: readonly Reading[]): boolean {
    if (readings.length < FEWEST_READINGS || spanOf(readings) < this.#settings.minWindowMs) return false;
    const fresh = readings.filter(({ at }) => at > this.#lookedAt).length;
    return fresh >= NEW_SHARE * readings.length;
  }

  /** What is not full within a cycle may be the cycle. */
  #leastMs(perHour: number, budget: Budget | undefined): number {
    const { minWindowMs, cycleMs } = this.#settings;
    const left = budget?.left ?? Number.POSITIVE_INFINITY;
    return left <= perHour * (cycleMs / HOUR_MS) ? minWindowMs : cycleMs;
  }

  #ended(suspicion: Suspicion, trends: readonly Trend[], held: number): LookNews | undefined {
    const newest = trends.at(-1) as Trend;
    const rests = newest.verdict === 'steady' || newest.verdict === 'saturating';
    const isGone = held < suspicion.held - GONE_SHARE * suspicion.growth;
    if (!isGone && !(rests && newest.overMs >= this.#settings.cycleMs)) return undefined;
    this.#suspicion = undefined;
    return { kind: 'resolved', suspicion, held };
  }
}

function spanOf(readings: readonly Reading[]): number {
  return (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0);
}
