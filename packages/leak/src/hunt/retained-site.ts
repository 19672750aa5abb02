import { fileURLToPath } from 'node:url';
import type { Culprit } from '@perf/schema';

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

/** A search for where memory was allocated that is still there, from `watchRetained` to `close`. */
export interface RetainedWatch {
  /**
   * Ends the search: the function, by file and the line it begins at, that allocated most of what is retained.
   * Nothing when no place stands out, or the inspector is not to be had.
   */
  stop(): Promise<Site | undefined>;
  /** Ends the session with the inspector. V8 forgets the ids of all objects with it: not before the last snapshot. */
  close(): void;
}

/**
 * Begins to sample what is allocated from now on.
 *
 * Source: V8's SamplingHeapProfiler, which leaves out what was collected.
 */
export async function watchRetained(): Promise<RetainedWatch> {
  const session = await openSession();
  if (session === undefined) return { stop: async () => undefined, close: () => undefined };
  await session.post('HeapProfiler.startSampling', { samplingInterval: INTERVAL_BYTES });
  return {
    async stop() {
      const { profile } = await session.post('HeapProfiler.stopSampling');
      return mostOf(profile.head);
    },
    close: () => session.disconnect(),
  };
}

async function openSession() {
  try {
    const { Session } = await import('node:inspector/promises');
    const session = new Session();
    session.connect();
    return session;
  } catch {
    return undefined;
  }
}

function mostOf(head: ProfileNode): Site | undefined {
  const places = new Map<string, { site: Site; bytes: number }>();
  let all = 0;
  const visit = (node: ProfileNode, caller: Site | undefined): void => {
    const site = siteOf(node.callFrame) ?? caller;
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

/** Node.js's own code and what is built in count for their callers; perfkit's own code for nobody. */
function siteOf({ url, lineNumber }: ProfileNode['callFrame']): Site | undefined {
  if (url === '' || url.startsWith('node:') || url === import.meta.url) return undefined;
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1];
  return { file, line: lineNumber + 1, ...(name !== undefined && { package: name.replace('\\', '/') }) };
}
