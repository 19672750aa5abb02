import { type AdviceFinding, type LeakSummary, probeTitle } from '@perf/schema';
import type { ProbeEvidence } from '../evidence.js';
import { inWords, processes, quoted } from '../in-words.js';
import type { Draft, Rule } from '../rule.js';
import { measureAgain } from '../verify-command.js';

/**
 * What a process has of each resource before it fails: V8's heap on a 64-bit machine with enough memory is about
 * 4 GiB, counted low as containers are smaller; 1024 is the usual soft limit of descriptors on Linux. Handles have no
 * limit of their own and mostly are descriptors.
 */
const supplies: Readonly<Record<LeakSummary['resource'], number>> = {
  heap: 2 * 2 ** 30,
  external: 2 * 2 ** 30,
  rss: 2 * 2 ** 30,
  fd: 1024,
  handle: 1024,
};
/** A service that does it 100 times a second fails within 17 minutes, or within 28 hours: less than a day of rest. */
const CRITICAL_ITERATIONS = 1e5;
const MODERATE_ITERATIONS = 1e7;

/** Memory or handles that grow with every iteration, by the verdict over all processes. */
export const memoryGrowth: Rule = {
  id: 'memory-growth',
  summary: 'Memory, descriptors or handles grow with every iteration.',
  examine: ({ probes }) => probes.flatMap(growing),
};

function growing(evidence: ProbeEvidence): Draft[] {
  const leaking = evidence.leaks.filter(({ verdict }) => verdict === 'leaking');
  // The resident set holds heap and external memory: where one of these leaks, it has nothing to add.
  const explained = leaking.some(({ resource }) => resource === 'heap' || resource === 'external');
  return leaking
    .filter(({ resource }) => resource !== 'rss' || !explained)
    .map((leak) => leakDraft(evidence, leak));
}

function leakDraft({ probe, measurements }: ProbeEvidence, leak: LeakSummary): Draft {
  const { resource, bytesPerIteration: growth, culprit } = leak;
  const unit = resource === 'fd' || resource === 'handle' ? 'count' : 'bytes';
  const lasting = (perIteration: number) => supplies[resource] / Math.max(0, perIteration);
  const seen = measurements.filter(
    ({ findings, artifacts }) =>
      findings.some(
        (finding) => finding.kind === 'leak' && 'resource' in finding && finding.resource === resource,
      ) || artifacts.growth?.readings[resource] !== undefined,
  );
  const site = culprit?.site;
  return {
    // By the near end: no graver than all of the interval is.
    severity: severityOf(lasting(growth.low)),
    title: `${probeTitle(probe)}: ${resource} grows with every iteration`,
    detail: [
      `Each iteration keeps ${unit === 'bytes' ? inWords(growth.estimate, 'bytes') : inWords(growth.estimate, 'count')} of ${resource}, over ${processes(leak.processes)}.`,
      ...retainersInWords(culprit?.path),
      ...grownKindInWords(evidenceKinds(measurements)),
      ...(site?.package === undefined ? [] : [`The place is in the package ${quoted(site.package)}.`]),
    ].join(' '),
    probe,
    metric: resource,
    unit,
    observed: growth,
    evidence: seen.map(({ id }) => id),
    ...(site !== undefined && { place: { file: site.file, ...(site.line > 0 && { line: site.line }) } }),
    verify: `Let go of what is no longer needed, then see whether the verdict is steady: ${measureAgain(probe)}`,
    effect: Math.min(1, 1 / Math.log10(Math.max(10, lasting(growth.estimate)))),
  };
}

function severityOf(iterations: number): AdviceFinding['severity'] {
  if (iterations <= CRITICAL_ITERATIONS) return 'critical';
  return iterations <= MODERATE_ITERATIONS ? 'moderate' : 'minor';
}

/** The ends of a long path tell most: the root, and what is held. */
function retainersInWords(path: readonly string[] | undefined): string[] {
  if (path === undefined || path.length === 0) return [];
  const shown = path.length > 5 ? [...path.slice(0, 2), '…', ...path.slice(-2)] : path;
  return [`Held by ${quoted(shown.join(' → '))}.`];
}

function evidenceKinds(measurements: ProbeEvidence['measurements']): string | undefined {
  const kinds = measurements.flatMap(({ artifacts }) => artifacts.growth?.constructors?.[0] ?? []);
  return kinds.toSorted((a, b) => b.bytes - a.bytes)[0]?.name;
}

function grownKindInWords(name: string | undefined): string[] {
  return name === undefined ? [] : [`The objects that grew most are of the kind ${quoted(name)}.`];
}
