import { attributeAllocations } from '@perf/monitor';
import { checkChoice } from './check-choice.js';
import type { HeapProfile } from './heap-profile.js';
import { packageOf } from './package-of.js';
import { type SampleError, sampleErrors } from './sample-errors.js';

/**
 * What bytes are counted by: the file and line at which a function begins, the function, or the npm package that its
 * file is in.
 */
export type HeapProfileKey = 'line' | 'function' | 'package';

/**
 * What allocated. By package it has no more than that. `function` is there by function, and by line where its file is
 * unknown; `file` is empty and `line`, from 1, is 0 where there is none.
 */
export interface HeapSite {
  /**
   * npm's name of it; `(program)` outside of `node_modules`, `node` for Node.js's own code, `(native)` for what no
   * function called, `(unknown)` for functions of which V8 has no file: of `eval`, or of a script that it collected.
   */
  readonly package: string;
  readonly file?: string;
  readonly line?: number;
  readonly function?: string;
}

/** Bytes of one site, estimated from samples. */
export interface HeapSiteBytes {
  readonly site: HeapSite;
  readonly bytes: number;
  readonly samples: number;
  /** Of the standard error of `bytes` [bytes²]. */
  readonly variance: number;
}

/** Sites by their key, and the sum over them. */
export interface HeapSites {
  readonly sites: ReadonlyMap<string, HeapSiteBytes>;
  readonly all: Omit<HeapSiteBytes, 'site'>;
}

interface Sum {
  bytes: number;
  samples: number;
  variance: number;
}

/**
 * The bytes of a profile by site, without perfkit's own. What is built in counts for the function that called it.
 *
 * @throws {LeakError} `leak/option` if there is no such key.
 *
 * Cost: O(nodes + samples).
 */
export function heapSites(profile: HeapProfile, by: HeapProfileKey): HeapSites {
  checkChoice('by', by, ['line', 'function', 'package']);
  const errors = sampleErrors(profile.samples);
  const all: Sum = { bytes: 0, samples: 0, variance: 0 };
  const sites = new Map<string, Sum & { readonly site: HeapSite }>();
  for (const { node, place, key: functionKey, isBuiltIn } of attributeAllocations(profile.head)) {
    const { function: name, file, line } = place;
    const owner = isBuiltIn ? '(native)' : packageOf(file);
    const isByLine = by === 'line' && (isBuiltIn || file !== '');
    const key = by === 'package' ? owner : `${owner}:${isByLine ? `${file}:${line}` : functionKey}`;
    let known = sites.get(key);
    if (known === undefined) {
      const where = by === 'package' ? {} : { file, line, ...(!isByLine && { function: name }) };
      known = { site: { package: owner, ...where }, bytes: 0, samples: 0, variance: 0 };
      sites.set(key, known);
    }
    for (const sum of [known, all]) add(sum, node.selfSize, errors.get(node.id));
  }
  return { sites, all };
}

function add(sum: Sum, bytes: number, error: SampleError = { samples: 0, variance: 0 }): void {
  sum.bytes += bytes;
  sum.samples += error.samples;
  sum.variance += error.variance;
}
