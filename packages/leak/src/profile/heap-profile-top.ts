import { wholeNumber } from '../check-options.js';
import type { HeapProfile } from './heap-profile.js';
import { type HeapProfileKey, type HeapSite, heapSites } from './heap-sites.js';

/** How to tell the sites of a profile apart, and how many of them to give. */
export interface HeapProfileListOptions {
  /** Default `line`. */
  readonly by?: HeapProfileKey;
  /** Sites at most; whole number from 1, default 20. */
  readonly limit?: number;
}

/** What allocated the memory of a profile. */
export interface HeapProfileTop {
  readonly by: HeapProfileKey;
  /** Of all sites, also of those that are not listed, without perfkit's own; estimated. */
  readonly bytes: number;
  readonly samples: number;
  /** Most bytes first. */
  readonly sites: readonly (HeapSite & {
    readonly bytes: number;
    /** Of the bytes of all sites. */
    readonly share: number;
    /** That `bytes` rests on. */
    readonly samples: number;
    /** Standard error of `bytes` from the sampling, rather too large; absent where the profile lists no samples. */
    readonly errorBytes?: number;
  })[];
}

const LIMIT = 20;

/**
 * The places that allocated most of what a profile counts, by line, function or npm package.
 *
 * V8 gives no line but the one at which a function begins: that is what `line` is, not the line that allocated. What is
 * built in (such as `Array.from`) counts for the function that called it, and perfkit's own code is left out.
 *
 * @throws {LeakError} `leak/option`.
 *
 * Cost: O(nodes + samples).
 */
export function heapProfileTop(profile: HeapProfile, options: HeapProfileListOptions = {}): HeapProfileTop {
  const { by = 'line', limit = LIMIT } = options;
  wholeNumber('limit', limit, 1);
  const { sites, all } = heapSites(profile, by);
  return {
    by,
    bytes: all.bytes,
    samples: all.samples,
    sites: [...sites.values()]
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, limit)
      .map(({ site, bytes, samples, variance }) => ({
        ...site,
        bytes,
        share: bytes / all.bytes,
        samples,
        ...(samples > 0 && { errorBytes: Math.sqrt(variance) }),
      })),
  };
}
