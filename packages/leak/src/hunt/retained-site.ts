import type { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { ownerOf } from '@perf/monitor';
import { type Culprit, describeError, type Warning } from '@perf/schema/core';

/** A sample every so many bytes on average: fine enough for growth of some hundred KiB. */
const INTERVAL_BYTES = 8192;
/** Below this share of all that is retained, no place stands out. */
const LEAST_SHARE = 0.2;

type Site = NonNullable<Culprit['site']>;

interface ProfileNode {
  readonly callFrame: { readonly url: string; readonly lineNumber: number };
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}

/** What a search found: no site when no place stands out, or, with a warning, when the inspector did not tell. */
export interface Retained {
  readonly site?: Site;
  readonly warnings: readonly Warning[];
}

/** A search for where memory was allocated that is still there, from `watchRetained` to `close`. */
export interface RetainedWatch {
  /**
   * Ends the search: the function, by file and the line it begins at, that allocated most of what is retained. Does
   * not reject.
   */
  stop(): Promise<Retained>;
  /** Ends the session with the inspector. V8 forgets the ids of all objects with it: not before the last snapshot. */
  close(): void;
}

/**
 * Begins to sample what is allocated from now on. Does not reject: what the inspector refuses is told by `stop`.
 *
 * Source: V8's SamplingHeapProfiler, which leaves out what was collected.
 */
export async function watchRetained(): Promise<RetainedWatch> {
  let session: Session | undefined;
  // Also after a refusal the session ends with the search: V8 forgets the ids that the snapshots are compared by.
  const close = () => session?.disconnect();
  try {
    const inspector = await import('node:inspector/promises');
    const opened = new inspector.Session();
    opened.connect();
    session = opened;
    await opened.post('HeapProfiler.startSampling', { samplingInterval: INTERVAL_BYTES });
    return { stop: () => retainedOf(opened), close };
  } catch (error) {
    return { stop: async () => without(error), close };
  }
}

async function retainedOf(session: Session): Promise<Retained> {
  try {
    // Another session in this process may have ended the sampling: V8 has one sampler.
    const { profile } = await session.post('HeapProfiler.stopSampling');
    const site = mostOf(profile.head);
    return { ...(site !== undefined && { site }), warnings: [] };
  } catch (error) {
    return without(error);
  }
}

function without(error: unknown): Retained {
  const message = `Where it was allocated is not known, as the inspector refused: ${describeError(error)}`;
  return { warnings: [{ code: 'leak/no-site', message }] };
}

function mostOf(head: ProfileNode): Site | undefined {
  const places = new Map<string, { site: Site; bytes: number }>();
  let all = 0;
  const visit = (node: ProfileNode, caller: Site | undefined): void => {
    const file = fileOf(node.callFrame.url);
    const site = isOwn(file) ? undefined : (siteOf(file, node.callFrame) ?? caller);
    all += node.selfSize;
    if (site !== undefined && node.selfSize > 0) {
      const key = `${site.file}:${site.line}`;
      const place = places.get(key) ?? { site, bytes: 0 };
      place.bytes += node.selfSize;
      places.set(key, place);
    }
    for (const child of node.children) visit(child, site);
  };
  visit(head, undefined);
  const [most] = [...places.values()].sort((a, b) => b.bytes - a.bytes);
  return most !== undefined && most.bytes >= LEAST_SHARE * all ? most.site : undefined;
}

/** perfkit's own code, and what it calls of Node.js, counts for nobody. */
function isOwn(file: string): boolean {
  return !file.startsWith('node:') && ownerOf(file) !== undefined;
}

/** Node.js's own code and what is built in count for their callers. */
function siteOf(file: string, { lineNumber }: ProfileNode['callFrame']): Site | undefined {
  if (file === '' || file.startsWith('node:')) return undefined;
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1];
  return { file, line: lineNumber + 1, ...(name !== undefined && { package: name.replace('\\', '/') }) };
}

/** Code that `node:vm` compiled has any name that it was given, also a URL of no path here: `file://host/x.js`. */
function fileOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
