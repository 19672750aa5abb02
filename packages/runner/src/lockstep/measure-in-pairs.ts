import type { Budget, Measurement } from '@perf/schema';
import type { Spent } from '@perf/stats';
import { withinTimers } from '../measure-once.js';
import type { MeasurePlan, Variant } from '../plan.js';
import type { PlannedProbe } from '../protocol.js';
import type { Reaper } from '../reaper/reaper.js';
import type { RunEvent } from '../run-event.js';
import { LivePair, type PairStart } from './live-pair.js';
import { type PairOutcome, takeTurns } from './measure-pair.js';
import type { NextStep, TurnPairing } from './pairing.js';
import type { Side } from './turns.js';

/** One probe on both sides. */
export interface PairedProbe {
  readonly planned: Readonly<Record<Side, PlannedProbe>>;
  readonly budget: Budget;
}

interface Setting {
  readonly plan: MeasurePlan;
  readonly pairing: TurnPairing;
  readonly nextStep: NextStep;
  readonly marker: string;
  readonly reaper: Reaper;
}

/** Fewer pairs than this cannot be judged, so what comes next need not wait for them. */
export const LEAST_PAIRS = 3;
/** One more than one, in case it dies. */
const PROFILED_PAIRS = 2;

/**
 * Measures probes in pairs of live processes, one probe after the other, each for as long as `nextStep` asks.
 *
 * While one pair takes its turns, the next one is started on the other CPUs, and the one before measures there what it
 * can alone.
 */
export async function* measureInPairs(
  probes: readonly PairedProbe[],
  setting: Setting,
): AsyncGenerator<RunEvent, void, void> {
  const pairs = new UpcomingPairs(setting);
  try {
    for (const [place, probe] of probes.entries()) {
      if (setting.plan.signal.aborted) return;
      yield* measureProbe(probe, probes[place + 1], pairs, setting);
    }
  } finally {
    await pairs.discard();
  }
}

async function* measureProbe(
  paired: PairedProbe,
  following: PairedProbe | undefined,
  pairs: UpcomingPairs,
  { plan, pairing, nextStep }: Setting,
): AsyncGenerator<RunEvent, void, void> {
  const { probe } = paired.planned.b;
  const measured: Record<Side, Measurement[]> = { a: [], b: [] };
  const overlap = pairing.method === 'lockstep' && pairing.others.length > 0;
  let pending: (() => Promise<PairOutcome | undefined>)[] = [];
  let began = performance.now();
  let batchesMs = 0;
  let round = 1;
  let ofRound = 0;
  for (let index = 0; ; index += 1) {
    if (ofRound >= LEAST_PAIRS || !overlap || isProfiled(round, ofRound)) {
      for (const outcome of pending) {
        const result = await outcome();
        if (result === undefined) return;
        batchesMs += result.batchesMs;
        for (const [variant, side] of (['a', 'b'] as const).entries()) {
          measured[side].push(result.measurements[side]);
          yield { type: 'measured', variant, measurement: result.measurements[side] };
        }
      }
      pending = [];
    }
    const count = Math.max(1, ofRound);
    const spent: Spent = {
      begun: ofRound,
      elapsedMs: performance.now() - began,
      batchesMs: batchesMs / count,
      otherMs: Math.max(0, (performance.now() - began - batchesMs) / count),
    };
    const step = nextStep(probe, measured, spent);
    if (step.do === 'stop') return;
    if (step.round !== round) {
      round = step.round;
      ofRound = 0;
      batchesMs = 0;
      began = performance.now();
    }
    ofRound += 1;
    if (index >= LEAST_PAIRS) yield { type: 'more', processes: 2 };
    for (const variant of [0, 1]) yield { type: 'starting', variant, probe, process: index };
    const { pair, start } = pairs.take(paired, index);
    await pair.ready();
    if (overlap) {
      if (ofRound < LEAST_PAIRS) pairs.prepare(paired, index + 1);
      else if (following !== undefined) pairs.prepare(following, 0);
    }
    // What shows a change is explained as well: where the time goes on either side.
    const profile = isProfiled(round, ofRound);
    const seed = plan.seed + index * 101;
    pending.push(await takeTurns(pair, start, { ...step, seed, profile }));
    if (plan.signal.aborted) return;
  }
}

/** Whether this pair of a series looks where time and memory go; then nothing may run beside it. */
function isProfiled(round: number, ofRound: number): boolean {
  return round === 2 && ofRound >= 1 && ofRound <= PROFILED_PAIRS;
}

interface Prepared {
  readonly paired: PairedProbe;
  readonly index: number;
  readonly pair: LivePair;
  readonly start: PairStart;
}

/** Pairs that are started before their turn comes. */
class UpcomingPairs {
  readonly #setting: Setting;
  readonly #prepared: Prepared[] = [];
  readonly #started: LivePair[] = [];
  #processes = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  prepare(paired: PairedProbe, index: number): void {
    if (!this.#prepared.some((one) => one.paired === paired && one.index === index)) {
      this.#prepared.push(this.#open(paired, index));
    }
  }

  /** The pair that was prepared for this, if it lives, or a fresh one. */
  take(paired: PairedProbe, index: number): Pick<Prepared, 'pair' | 'start'> {
    const place = this.#prepared.findIndex((one) => one.paired === paired && one.index === index);
    const [prepared] = place === -1 ? [] : this.#prepared.splice(place, 1);
    return prepared !== undefined && !prepared.pair.gone ? prepared : this.#open(paired, index);
  }

  /** Ends what was started and is not needed. */
  async discard(): Promise<void> {
    for (const { pair } of this.#prepared) pair.stop();
    await Promise.all(this.#started.map((pair) => pair.endings));
  }

  #open(paired: PairedProbe, index: number): Prepared {
    const { plan, pairing, marker, reaper } = this.#setting;
    const { planned, budget } = paired;
    const { probe, deadlineMs: own } = planned.b;
    const deadlineMs = withinTimers(own ?? plan.deadlineMs);
    const context = {
      probe,
      processIndex: index,
      budget,
      seed: plan.seed + index,
      deadline: Date.now() + deadlineMs,
    };
    this.#processes += 1;
    const start: PairStart = {
      planned,
      variants: { a: plan.variants[0] as Variant, b: plan.variants[1] as Variant },
      contexts: { a: context, b: context },
      pairing,
      deadlineMs,
      signal: plan.signal,
      loading: plan.loading,
      marker: `${marker}.${this.#processes}`,
      reaper,
      onNews: (news) => plan.onNews?.(probe, news),
    };
    const pair = new LivePair(start);
    this.#started.push(pair);
    return { paired, index, pair, start };
  }
}
