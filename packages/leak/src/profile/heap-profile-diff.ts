import { wholeNumber } from '../check-options.js';
import type { HeapProfile } from './heap-profile.js';
import type { HeapProfileListOptions } from './heap-profile-top.js';
import { type HeapProfileKey, type HeapSite, type HeapSiteBytes, heapSites } from './heap-sites.js';

/** What changed from one profile to another. */
export interface HeapProfileDiff {
  readonly by: HeapProfileKey;
  /** Of all sites, without perfkit's own; estimated. */
  readonly bytes: { readonly before: number; readonly after: number };
  /** Those that changed, most growth first and most shrinkage last. */
  readonly sites: readonly (HeapSite & {
    readonly before: number;
    readonly after: number;
    /** `after` less `before` [bytes]. */
    readonly change: number;
    /** Standard error of `change` from the sampling; absent where one of the profiles lists no samples of it. */
    readonly errorBytes?: number;
  })[];
}

const LIMIT = 20;
const NONE = { bytes: 0, samples: 0, variance: 0 };

/**
 * What grew from one profile to another, by the keys of `heapProfileTop`: two snapshots of one `HeapProfiler`, or two
 * profiles of the same work.
 *
 * A change within one or two of its `errorBytes` may be chance. Profiles of different machines are best compared by package.
 *
 * @throws {LeakError} `leak/option`.
 *
 * Cost: O(nodes + samples) of both.
 */
export function heapProfileDiff(
  before: HeapProfile,
  after: HeapProfile,
  options: HeapProfileListOptions = {},
): HeapProfileDiff {
  const { by = 'line', limit = LIMIT } = options;
  wholeNumber('limit', limit, 1);
  const [earlier, later] = [heapSites(before, by), heapSites(after, by)];
  const sites = [...new Map([...earlier.sites, ...later.sites])]
    .map(([key, { site }]) => changeOf(site, earlier.sites.get(key), later.sites.get(key)))
    .filter(({ change }) => change !== 0)
    .sort((a, b) => b.change - a.change)
    .slice(0, limit);
  return { by, bytes: { before: earlier.all.bytes, after: later.all.bytes }, sites };
}

function changeOf(
  site: HeapSite,
  before: Omit<HeapSiteBytes, 'site'> = NONE,
  after: Omit<HeapSiteBytes, 'site'> = NONE,
): HeapProfileDiff['sites'][number] {
  const isKnown = [before, after].every(({ bytes, samples }) => bytes === 0 || samples > 0);
  return {
    ...site,
    before: before.bytes,
    after: after.bytes,
    change: after.bytes - before.bytes,
    ...(isKnown && { errorBytes: Math.sqrt(before.variance + after.variance) }),
  };
}
