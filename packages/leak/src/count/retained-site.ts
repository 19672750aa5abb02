import { ownerOf } from '@perf/monitor';
import { type Culprit, describeError, type Warning } from '@perf/schema/core';
import type { Inspector } from '../subject/subject.js';
import { type CodePlace, originOf, pathOf } from './source-place.js';

/** A sample every so many bytes on average: fine enough for growth of some hundred KiB. */
const MOST_INTERVAL = 8192;
/** Finer takes a sample of nearly every object. */
const LEAST_INTERVAL = 64;
/** Samples to aim at: a place with a fifth of them is then known from chance. */
const SAMPLES = 100;
/** Below this share of all that the program allocated and that is retained, no place stands out. */
const LEAST_SHARE = 0.2;
/** Callers to give, from the function that allocated outwards. */
const MOST_CALLERS = 10;

type Site = NonNullable<Culprit['site']>;

interface ProfileNode {
  readonly callFrame: CodePlace & { readonly functionName: string };
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}

/** A place of the program that called another. */
export interface Caller {
  readonly node: ProfileNode['callFrame'];
  readonly file: string;
  readonly above: Caller | undefined;
}

/** What a search found: nothing when no place stands out, or, with a warning, when the inspector did not tell. */
export interface Retained {
  readonly most?: Caller;
  readonly warnings: readonly Warning[];
}

/** A search for where memory was allocated that is still there. */
export interface RetainedWatch {
  /**
   * Ends the search: the function that allocated most of what is retained, and what called it. Does not reject.
   */
  stop(): Promise<Retained>;
}

/**
 * Begins to sample what is allocated from now on. Does not reject: what the inspector refuses is told by `stop`.
 *
 * @param expectedBytes - Growth until it is stopped, about: less of it is sampled more finely.
 *
 * Source: V8's SamplingHeapProfiler, which leaves out what was collected.
 */
export async function watchRetained(inspector: Inspector, expectedBytes: number): Promise<RetainedWatch> {
  const interval = Math.round(Math.min(MOST_INTERVAL, Math.max(LEAST_INTERVAL, expectedBytes / SAMPLES)));
  try {
    await inspector.post('HeapProfiler.startSampling', { samplingInterval: interval });
    return { stop: () => retainedOf(inspector) };
  } catch (error) {
    return { stop: async () => without(error) };
  }
}

async function retainedOf(inspector: Inspector): Promise<Retained> {
  try {
    // Another session in this process may have ended the sampling: V8 has one sampler.
    const { profile } = (await inspector.post('HeapProfiler.stopSampling')) as {
      profile: { head: ProfileNode };
    };
    const most = mostOf(profile.head);
    return { ...(most !== undefined && { most }), warnings: [] };
  } catch (error) {
    return without(error);
  }
}

function without(error: unknown): Retained {
  const message = `Where it was allocated is not known, as the inspector refused: ${describeError(error)}`;
  return { warnings: [{ code: 'leak/no-site', message }] };
}

function mostOf(head: ProfileNode): Caller | undefined {
  const places = new Map<string, { caller: Caller; bytes: number }>();
  let all = 0;
  const visit = (node: ProfileNode, above: Caller | undefined): void => {
    const file = pathOf(node.callFrame.url);
    const caller = isOwn(file) ? undefined : isProgram(file) ? { node: node.callFrame, file, above } : above;
    if (caller !== undefined && node.selfSize > 0) {
      all += node.selfSize;
      const key = `${caller.file}:${caller.node.lineNumber}:${caller.node.columnNumber}`;
      const place = places.get(key) ?? { caller, bytes: 0 };
      place.bytes += node.selfSize;
      places.set(key, place);
    }
    for (const child of node.children) visit(child, caller);
  };
  visit(head, undefined);
  const [most] = [...places.values()].sort((a, b) => b.bytes - a.bytes);
  return most !== undefined && most.bytes >= LEAST_SHARE * all ? most.caller : undefined;
}

/** perfkit's own code, and what it calls of Node.js, counts for nobody. */
function isOwn(file: string): boolean {
  return !file.startsWith('node:') && ownerOf(file) !== undefined;
}

/** Node.js's own code and what is built in count for their callers. */
function isProgram(file: string): boolean {
  return file !== '' && !file.startsWith('node:');
}

/**
 * A function by file and the line it begins at, through source maps, with its callers. Does not reject.
 *
 * Cost: V8 names every script that is loaded.
 */
export async function siteOf(inspector: Inspector, caller: Caller): Promise<Site> {
  const callers: Caller[] = [];
  for (let at: Caller | undefined = caller; at !== undefined && callers.length < MOST_CALLERS; at = at.above)
    callers.push(at);
  const codes = await loadedCode(
    inspector,
    callers.map(({ node }) => node.scriptId),
  );
  const { file, line } = originOf(caller.node, codes.get(caller.node.scriptId));
  // The package is that of the code that ran: a map may name sources by any path.
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(caller.file)?.[1];
  const stack = callers.map(({ node }) => {
    const place = originOf(node, codes.get(node.scriptId));
    return `${node.functionName || '(anonymous)'} ${place.file}:${place.line}`;
  });
  return { file, line, ...(name !== undefined && { package: name.replace('\\', '/') }), stack };
}

/** The code of scripts as V8 has it, by their ids; what it does not tell is left out. */
async function loadedCode(inspector: Inspector, scriptIds: readonly string[]): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const ask = async (method: string, params?: object) => {
    // A script may be gone, and an inspector refuse: the files say it as well, mostly.
    return inspector.post(method, params).catch(() => undefined);
  };
  await ask('Debugger.enable');
  for (const scriptId of new Set(scriptIds)) {
    const answer = (await ask('Debugger.getScriptSource', { scriptId })) as
      | { scriptSource: string }
      | undefined;
    if (answer !== undefined) codes.set(scriptId, answer.scriptSource);
  }
  await ask('Debugger.disable');
  return codes;
}
