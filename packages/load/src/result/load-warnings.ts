import type { Warning } from '@perf/schema';
import { quantileOf } from '../recording/latency-histogram.js';
import type { ObservedLoad } from '../under-load.js';

/** Below so many successes, ten or fewer lie above the 99th percentile. */
const FEW_SUCCESSES = 1000;
/** A generator is late when its own lag is above this [ns] and above this share of the 99th percentile it reports. */
const LATE_NS = 1e6;
const LATE_SHARE = 0.1;
/** Share of the time in which the generator's event loop had work, from which on it sets the pace. */
const BUSY = 0.95;

/** What to know before believing the figures, each with what to do about it. */
export function loadWarnings(conditions: ObservedLoad): Warning[] {
  const { shape, course, recorder, maxInFlight, cut } = conditions;
  const warnings: Warning[] = [];
  const late = shape.model === 'open' ? lateArrivals(conditions) : busyGenerator(conditions);
  if (late !== undefined) warnings.push({ code: 'load/generator-late', message: late });
  if (course.capped) {
    warnings.push({
      code: 'load/in-flight-cap',
      message: `Arrivals waited because ${maxInFlight} calls were in flight; their latency counts the wait. The target does not keep up with the rate: lower it, or raise maxInFlight of load().`,
    });
  }
  if (recorder.response.totalCount > 0 && recorder.response.totalCount < FEW_SUCCESSES) {
    warnings.push({
      code: 'load/few-operations',
      message: `Fewer than ${FEW_SUCCESSES} operations succeeded: the 99th percentile rests on ten or fewer. Give the load more time.`,
    });
  }
  if (shape.search !== undefined && course.capacity === undefined) {
    warnings.push({
      code: 'load/broke-at-once',
      message: 'The first stage broke already, so there is no capacity: start stress() lower.',
    });
  }
  if (shape.search !== undefined && course.breakingPoint === undefined) {
    warnings.push({
      code: 'load/not-broken',
      message: 'No stage broke: the capacity is at least what is given. Let stress() go further up ("to").',
    });
  }
  if (cut) {
    warnings.push({
      code: 'load/shortened',
      message:
        'The load was shortened to end before its deadline: give it a later one (deadlineMs of load()).',
    });
  }
  return warnings;
}

function lateArrivals({ recorder }: ObservedLoad): string | undefined {
  if (recorder.ownLag.totalCount === 0) return undefined;
  const lag = quantileOf(recorder.ownLag, 0.99);
  const response = quantileOf(recorder.response, 0.99);
  if (lag < LATE_NS || lag < LATE_SHARE * response) return undefined;
  return `The generator started 1 % of the arrivals ${Number((lag / 1e6).toPrecision(2))} ms late or more, for want of time of its own: part of the latency is its. Lower the rate, give it a free core, or measure a function that blocks in a process of its own.`;
}

function busyGenerator({ resources, remote }: ObservedLoad): string | undefined {
  const { eventLoopUtilization: busy } = resources;
  const utilization = busy && 'value' in busy ? busy.value : 0;
  if (!remote || utilization < BUSY) return undefined;
  return `The generator was busy ${Math.round(utilization * 100)} % of the time: throughput and latency may be its own limits, not the target's. Use less concurrency, or arrivals() at a rate it can keep.`;
}
