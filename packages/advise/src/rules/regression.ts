import type { Interval } from '@perf/schema';
import { probeTitle } from '@perf/schema';
import type { ComparedEvidence, ProbeEvidence } from '../evidence.js';
import { inWords, percent, quoted } from '../in-words.js';
import { type GrowthPlace, growthPlace } from '../places/growth-place.js';
import { placeOf } from '../places/place-of.js';
import { allocationProfile, type Profile, timeProfile } from '../places/profile.js';
import type { Draft, Rule } from '../rule.js';
import { measureAgain } from '../verify-command.js';

/** A comparison with the verdict `regressed`, and the function that it is due to as far as profiles tell. */
export const regression: Rule = {
  id: 'regression',
  summary: 'A judged metric is worse than the baseline; names the function whose cost grew most.',
  examine: ({ probes }) =>
    probes.flatMap((probe) =>
      probe.compared
        .filter(({ verdict }) => verdict === 'regressed')
        .map((compared) => regressed(probe, compared)),
    ),
};

function regressed(probe: ProbeEvidence, compared: ComparedEvidence): Draft {
  const { metric, unit, better, center, ratio, low, high, severity = 'minor' } = compared;
  const profiles = profilesFor(probe, compared);
  const known = (profiles?.before.costs.length ?? 0) > 0;
  const place =
    profiles && growthPlace(profiles.after, profiles.before, known ? center.b - center.a : center.b);
  const saved = savingOf(compared);
  const seen = `${quoted(metric)} went from ${inWords(center.a, unit)} to ${inWords(center.b, unit)}.`;
  return {
    severity,
    title: `${probeTitle(probe.probe)}: ${metric} regressed to ${inWords(ratio, 'ratio')} times the baseline`,
    detail: place === undefined ? seen : `${seen} ${placeInWords(place, known)}`,
    probe: probe.probe,
    metric,
    unit: 'ratio',
    observed: { estimate: ratio, low, high },
    evidence: [
      compared.id,
      ...(place === undefined
        ? []
        : [...(profiles?.after.evidence ?? []), ...(profiles?.before.evidence ?? [])]),
    ],
    ...(place !== undefined && { place: placeOf(place.cost) }),
    // What is left of a metric where more is better is not what a change back would save.
    ...(better === 'lower' && saved !== undefined && { saving: saved }),
    verify: `Change it, then compare with the same baseline: ${measureAgain(probe.probe)}`,
    effect: better === 'lower' ? 1 - 1 / ratio : 1 - ratio,
  };
}

/** Share of the present figure that the baseline did without. */
function savingOf({ ratio, low, high }: ComparedEvidence): Interval | undefined {
  if (!(low > 0)) return undefined;
  return { estimate: 1 - 1 / ratio, low: 1 - 1 / low, high: 1 - 1 / high };
}

/** Profiles that speak of the metric: of functions for its time, of allocation sites for its heap. */
function profilesFor(
  { measurements, before }: ProbeEvidence,
  { metric, center }: ComparedEvidence,
): { after: Profile; before: Profile } | undefined {
  if (metric === 'time')
    return { after: timeProfile(measurements, center.b), before: timeProfile(before, center.a) };
  if (metric === 'heap') return { after: allocationProfile(measurements), before: allocationProfile(before) };
  return undefined;
}

function placeInWords({ cost, share, counted, package: owner }: GrowthPlace, known: boolean): string {
  const name = cost.function === '' ? 'an anonymous function' : quoted(cost.function);
  const whose = owner === undefined ? '' : ` of the package ${quoted(owner)}`;
  const itself = counted === 'own' ? 'itself' : 'with what it calls';
  return known
    ? `By the profiles of both runs, ${name}${whose} ${itself} accounts for ${percent(share)} of the growth.`
    : `By its profile, ${name}${whose} ${itself} holds ${percent(share)} of it now; the baseline has no profile to compare with.`;
}
