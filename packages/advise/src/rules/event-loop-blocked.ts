import { type AdviceFinding, type Measurement, probeTitle } from '@perf/schema';
import { medianInterval, quantile } from '@perf/stats';
import type { ProbeEvidence } from '../evidence.js';
import { inWords, processes } from '../in-words.js';
import { ownerOf } from '../places/code-owner.js';
import { placeOf } from '../places/place-of.js';
import { timeProfile } from '../places/profile.js';
import type { Draft, Rule } from '../rule.js';
import { measureAgain } from '../verify-command.js';

/** What the W3C's Long Tasks call long [ns]: from there on a wait is noticed. */
const LONG_TASK = 50e6;
/** Miller 1968, Nielsen 1993: up to 0.1 s feels instantaneous, beyond 1 s a train of thought breaks [ns]. */
const FELT = 100e6;
const BREAKS_THOUGHT = 1e9;
/**
 * Busier than this, a benchmark kept the loop from turning all by itself, as one of synchronous code does by design:
 * the lateness then is that of the measuring, not of the code.
 */
const NEVER_IDLE = 0.99;
/** Of a timeline's readings, each the greatest of its interval. */
const WORST = 0.99;

/** An event loop that was late by a long task or more. */
export const eventLoopBlocked: Rule = {
  id: 'event-loop-blocked',
  summary: 'The event loop was late by 50 ms or more: everything else in the process waited.',
  examine: ({ probes, confidence }) => probes.flatMap((probe) => blocked(probe, confidence)),
};

function blocked({ probe, measurements }: ProbeEvidence, confidence: number): Draft[] {
  const late = measurements.flatMap((measurement) => {
    const lateness = latenessOf(measurement);
    return lateness === undefined ? [] : [{ measurement, lateness }];
  });
  if (late.length === 0) return [];
  const { estimate, low, high } = medianInterval(
    late.map(({ lateness }) => lateness),
    confidence,
  );
  if (low < LONG_TASK) return [];
  const generator = late.some(({ measurement }) => hasTarget(measurement));
  const profile = timeProfile(measurements, 1);
  const hottest = generator
    ? undefined
    : profile.costs.filter(({ file }) => ownerOf(file).kind === 'user').toSorted((a, b) => b.own - a.own)[0];
  const seen = `In the worst 1 % of readings its event loop was late by ${inWords(estimate, 'ns')} or more, in ${processes(late.length)}.`;
  const meaning = generator
    ? 'This is the process that generates the load, not its target: the load was not sent as intended, and its own lateness is in the latencies.'
    : 'No other request, timer or answer of the process could be served in that time. If the measured target is another process, it is the load generator that was late.';
  return [
    {
      severity: generator ? 'info' : severityOf(low),
      title: `${probeTitle(probe)}: ${generator ? 'the load generator was too busy' : 'the event loop was blocked'}`,
      detail: `${seen} ${meaning}${hottest === undefined ? '' : ' The place is the one of your own code that took most time.'}`,
      probe,
      metric: 'eventLoopDelayP99',
      unit: 'ns',
      observed: { estimate, low, high },
      evidence: [
        ...new Set([
          ...late.map(({ measurement }) => measurement.id),
          ...(hottest === undefined ? [] : profile.evidence),
        ]),
      ],
      ...(hottest !== undefined && { place: placeOf(hottest) }),
      verify: generator
        ? `Generate less load from one process, or let another machine do it, and see the lag: ${measureAgain(probe)}`
        : `Split the work, or move it to a worker thread, then see the event loop delay: ${measureAgain(probe)}`,
      // A loop that is late by a second has stopped for whoever waits.
      effect: Math.min(1, estimate / BREAKS_THOUGHT),
    },
  ];
}

function severityOf(lateness: number): AdviceFinding['severity'] {
  if (lateness >= BREAKS_THOUGHT) return 'critical';
  return lateness >= FELT ? 'moderate' : 'minor';
}

/** How late the loop was in the worst 1 % [ns]: by the monitor, else by the timeline; undefined if not known. */
function latenessOf({ probe, resources, artifacts }: Measurement): number | undefined {
  const utilization = readingOf(resources.eventLoopUtilization);
  if (probe.kind === 'bench' && (utilization === undefined || utilization > NEVER_IDLE)) return undefined;
  const p99 = readingOf(resources.eventLoopDelayP99);
  if (p99 !== undefined) return p99;
  const readings = artifacts.timeline?.series
    .filter(({ name, scope }) => name === 'eventLoopDelay' && scope === 'process')
    .flatMap(({ values }) => values)
    .filter((value) => value !== null);
  return readings === undefined || readings.length === 0 ? undefined : quantile(readings, WORST);
}

function readingOf(resource: Measurement['resources'][string] | undefined): number | undefined {
  return resource !== undefined && 'value' in resource ? resource.value : undefined;
}

function hasTarget({ artifacts }: Measurement): boolean {
  return artifacts.timeline?.series.some(({ scope }) => scope === 'target') ?? false;
}
