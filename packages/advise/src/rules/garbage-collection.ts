import { type Measurement, probeTitle } from '@perf/schema';
import { medianInterval } from '@perf/stats';
import type { ProbeEvidence } from '../evidence.js';
import { percent, processes } from '../in-words.js';
import { ownerOf } from '../places/code-owner.js';
import { placeOf } from '../places/place-of.js';
import { allocationProfile } from '../places/profile.js';
import type { Draft, Rule } from '../rule.js';
import { severityOfShare } from '../share-severity.js';
import { measureAgain } from '../verify-command.js';

/** Amdahl: without any garbage the code would gain this share at most. Below a tenth there is little to be had. */
const LEAST_SHARE = 0.1;

/** Pauses of the collector that take a tenth of the time or more. */
export const garbageCollection: Rule = {
  id: 'gc-share',
  summary: 'At least a tenth of the measured time went into pauses of the garbage collector.',
  examine: ({ probes, confidence }) => probes.flatMap((probe) => collecting(probe, confidence)),
};

function collecting(probe: ProbeEvidence, confidence: number): Draft[] {
  const shared = probe.measurements.flatMap((measurement) => {
    const share = collectorShare(measurement);
    return share === undefined ? [] : [{ id: measurement.id, share }];
  });
  if (shared.length === 0) return [];
  const { estimate, low, high } = medianInterval(
    shared.map(({ share }) => share),
    confidence,
  );
  if (low < LEAST_SHARE) return [];
  const sites = allocationProfile(probe.measurements);
  const site = sites.costs
    .filter(({ file }) => ownerOf(file).kind === 'user')
    .toSorted((a, b) => b.own - a.own)[0];
  return [
    {
      severity: severityOfShare(low),
      title: `${probeTitle(probe.probe)}: ${percent(estimate)} of the time is garbage collection`,
      detail: `The collector paused the code for ${percent(estimate)} of the time in ${processes(shared.length)}. Allocating nothing would save that much at most.${site === undefined ? '' : ' The place is the one of your own code that allocates most.'}`,
      probe: probe.probe,
      metric: 'gc',
      unit: 'ratio',
      observed: { estimate, low, high },
      evidence: [...new Set([...shared.map(({ id }) => id), ...(site === undefined ? [] : sites.evidence)])],
      ...(site !== undefined && { place: placeOf(site) }),
      verify: `Allocate less there or keep what can be used again, then see heap, gc and time: ${measureAgain(probe.probe)}`,
      effect: estimate,
    },
  ];
}

/**
 * Pauses of the collector over the time that was observed, in [0, 1]; undefined where it is not known.
 *
 * The observed time follows from the CPU time and its share of a core. The median time of an operation does not give
 * it: pauses are rare and long, and a median leaves them out. The generator of a load is not what is measured.
 */
export function collectorShare({ probe, resources }: Measurement): number | undefined {
  if (probe.kind === 'load') return undefined;
  const [paused, user, system, share] = ['gcTime', 'cpuUser', 'cpuSystem', 'cpuShare'].map((name) => {
    const resource = resources[name];
    return resource !== undefined && 'value' in resource ? resource.value : Number.NaN;
  }) as [number, number, number, number];
  const observed = (user + system) / share;
  const result = paused / observed;
  return Number.isFinite(result) && result >= 0 ? Math.min(1, result) : undefined;
}
