import type { LeakFinding, LeakSummary, Measurement } from '@perf/schema';
import { probeKey } from '@perf/schema/core';
import { median, medianInterval } from '@perf/stats';
import { heldResources } from './held/read-held.js';

/** From so many processes on the median has an interval of its own at 95 %: see `medianInterval`. */
const ENOUGH_PROCESSES = 6;

/**
 * What the processes of a run say together on each probe's growth, by resource.
 *
 * The processes vote. `leaking` takes more of them than say otherwise (`steady` or `saturating`) and no fewer than are
 * undecided, so that one process alone may decide and one odd process does not. The same holds for the other
 * verdicts; without a winner it is `undecided`.
 *
 * @param measurements - Of one run, of any kinds; those without leak findings do not count. Not mutated.
 * @param confidence - Of the interval of the median, in (0, 1). With fewer than 6 processes the interval is the widest
 * of theirs.
 * @returns One entry per probe and resource, in the order of the measurements.
 */
export function leakSummaries(
  measurements: readonly Measurement[],
  confidence: number = 0.95,
): LeakSummary[] {
  const probes = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    if (measurement.status !== 'ok' || leakFindings(measurement).length === 0) continue;
    const key = probeKey(measurement.probe);
    probes.set(key, [...(probes.get(key) ?? []), measurement]);
  }
  return [...probes.values()].flatMap((ofProbe) => {
    const findings = ofProbe.flatMap(leakFindings);
    return heldResources.flatMap((resource) => {
      const ofResource = findings.filter((finding) => finding.resource === resource);
      const [{ probe }] = ofProbe as [Measurement];
      return ofResource.length === 0 ? [] : [{ probe, resource, ...pooled(ofResource, confidence) }];
    });
  });
}

function leakFindings({ findings }: Measurement): LeakFinding[] {
  return findings.filter((finding): finding is LeakFinding => finding.kind === 'leak');
}

function pooled(findings: LeakFinding[], confidence: number): Omit<LeakSummary, 'probe' | 'resource'> {
  const growths = findings.map(({ bytesPerIteration }) => bytesPerIteration);
  const verdict = majority(findings.map((finding) => finding.verdict));
  const fastest = [...findings]
    .filter((finding) => finding.verdict === verdict)
    .sort((a, b) => b.bytesPerIteration.estimate - a.bytesPerIteration.estimate);
  const culprit = fastest.find((finding) => finding.culprit !== undefined)?.culprit;
  const exhaustion = fastest.find((finding) => finding.exhaustion !== undefined)?.exhaustion;
  const fullAt = fastest.find((finding) => finding.fullAt !== undefined)?.fullAt;
  const { estimate, low, high } = medianInterval(
    growths.map((growth) => growth.estimate),
    confidence,
  );
  return {
    verdict,
    bytesPerIteration:
      findings.length >= ENOUGH_PROCESSES
        ? { estimate, low, high }
        : {
            estimate,
            low: Math.min(...growths.map((growth) => growth.low)),
            high: Math.max(...growths.map((growth) => growth.high)),
          },
    processes: findings.length,
    ...(culprit !== undefined && { culprit }),
    ...(exhaustion !== undefined && { exhaustion }),
    ...(fullAt !== undefined && { fullAt }),
    sensitivityBytes: median(findings.map(({ sensitivityBytes }) => sensitivityBytes)),
  };
}

function majority(verdicts: readonly LeakFinding['verdict'][]): LeakFinding['verdict'] {
  const votes = (verdict: LeakFinding['verdict']) => verdicts.filter((vote) => vote === verdict).length;
  const decided = verdicts.length - votes('undecided');
  const winner = (['leaking', 'saturating', 'steady'] as const).find(
    (verdict) => votes(verdict) > decided - votes(verdict) && votes(verdict) >= votes('undecided'),
  );
  return winner ?? 'undecided';
}
