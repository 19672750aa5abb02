import { type Measurement, probeTitle } from '@perf/schema';
import { median, medianInterval } from '@perf/stats';
import type { ProbeEvidence } from '../evidence.js';
import { inWords, percent, processes, quoted } from '../in-words.js';
import { ownerOf } from '../places/code-owner.js';
import { placeOf } from '../places/place-of.js';
import { placeKey } from '../places/profile.js';
import type { Draft, Rule } from '../rule.js';
import { measureAgain } from '../verify-command.js';
import { collectorShare } from './garbage-collection.js';

/** More than all other places together. */
const DOMINATES = 0.5;
/** V8's young generation has semi-spaces of 16 MiB: slower than one of them a second, the collector has little to do. */
const LEAST_BYTES_PER_SECOND = 16 * 2 ** 20;
/** From here on the collector costs what the rule on its share calls worth having. */
const COSTLY_COLLECTION = 0.1;

/** One place that allocates more than half of all bytes, in code that allocates fast enough to matter. */
export const allocationSite: Rule = {
  id: 'allocation-site',
  summary: 'One place allocates more than half of all bytes, and there are many of them.',
  examine: ({ probes, confidence }) => probes.flatMap((probe) => dominating(probe, confidence)),
};

function dominating({ probe, measurements, summaries }: ProbeEvidence, confidence: number): Draft[] {
  const profiled = measurements.filter(({ artifacts }) => (artifacts.allocationSites ?? []).length > 0);
  const heap = summaries.find(({ metric }) => metric === 'heap');
  const time = summaries.find(({ metric }) => metric === 'time');
  if (heap === undefined || time === undefined || !(time.estimate > 0)) return [];
  const perSecond = (heap.estimate / time.estimate) * 1e9;
  const top = topSite(profiled);
  if (perSecond < LEAST_BYTES_PER_SECOND || top === undefined) return [];
  const { estimate, low, high } = medianInterval(top.shares, confidence);
  if (low < DOMINATES) return [];
  const collected = measurements.map(collectorShare).filter((share) => share !== undefined);
  const costly = collected.length > 0 && median(collected) >= COSTLY_COLLECTION;
  const owner = ownerOf(top.site.file);
  const whose = owner.kind === 'package' ? ` of the package ${quoted(owner.name)}` : '';
  const name = top.site.function === '' ? 'An anonymous function' : quoted(top.site.function);
  return [
    {
      severity: costly ? 'minor' : 'info',
      title: `${probeTitle(probe)}: one place allocates ${percent(estimate)} of the bytes`,
      detail: `${name}${whose} allocates ${inWords(median(top.bytes), 'bytes')} an operation, by the profiles of ${processes(profiled.length)}. While it runs, the code allocates ${inWords(perSecond, 'bytes')} a second.`,
      probe,
      metric: 'heap',
      unit: 'ratio',
      observed: { estimate, low, high },
      place: placeOf(top.site),
      evidence: profiled.map(({ id }) => id),
      verify: `Allocate less at that place, then see heap and gc: ${measureAgain(probe)}`,
      effect: estimate,
    },
  ];
}

interface TopSite {
  readonly site: { readonly function: string; readonly file: string; readonly line: number };
  /** One for each profiled process; 0 where it does not list the place. */
  readonly shares: readonly number[];
  readonly bytes: readonly number[];
}

/** The place with the greatest share in the mean, of the user's code and of packages. */
function topSite(profiled: readonly Measurement[]): TopSite | undefined {
  const places = new Map<string, { site: TopSite['site']; shares: number[]; bytes: number[] }>();
  for (const [index, { artifacts }] of profiled.entries()) {
    for (const site of artifacts.allocationSites ?? []) {
      const { kind } = ownerOf(site.file);
      if (kind !== 'user' && kind !== 'package') continue;
      const key = placeKey(site);
      const zeros = () => profiled.map(() => 0);
      const known = places.get(key) ?? { site, shares: zeros(), bytes: zeros() };
      known.shares[index] = (known.shares[index] ?? 0) + site.share;
      known.bytes[index] = (known.bytes[index] ?? 0) + site.bytesPerOperation;
      places.set(key, known);
    }
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [...places.values()].toSorted((a, b) => sum(b.shares) - sum(a.shares))[0];
}
