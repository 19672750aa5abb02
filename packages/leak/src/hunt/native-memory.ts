import { FEWEST_BLOCKS, type GrowthVerdict } from '../growth/judge-growth.js';
import { HeldLog } from '../held/held-log.js';
import type { Limits, Subject } from '../subject/subject.js';
import { type Floors, judgeLog, runBlocks, type Verdicts } from './run-blocks.js';

/**
 * Native memory leaks only where it grows faster than that of blocks which do nothing, in the same process and under the
 * same conditions: pages come and go by the operating system's own policy.
 */
export async function withoutIdle(
  verdicts: Verdicts,
  log: HeldLog,
  resting: Subject,
  { floors, blocks, ...limits }: Limits & { readonly floors: Floors; readonly blocks: number },
): Promise<Verdicts> {
  const rss = verdicts.get('rss') as GrowthVerdict;
  const iterations = log.iterations();
  const idle = new HeldLog(blocks + 1);
  await runBlocks(resting, idle, blocks, { ...limits, iterations: iterations[1] as number });
  const atRest = judgeLog(idle, floors).get('rss') as GrowthVerdict;
  const isMore = rss.perIteration.low > atRest.perIteration.high;
  return isMore ? verdicts : new Map(verdicts).set('rss', { ...rss, verdict: 'undecided' });
}

/** Iterations of a block that confirms, in those of one before: half as many blocks then grow as much. */
const TIMES_LONGER = 2;

/**
 * The verdict on native memory from blocks of their own, before each reading of which V8 gives back all memory that its
 * heap does not need: its pages become resident over thousands of iterations, which otherwise looks like native memory.
 *
 * @returns As it was where there is no inspector, which alone has V8 do so, or no time.
 *
 * Source: V8's LowMemoryNotification, by HeapProfiler.collectGarbage.
 */
export async function withoutFreePages(
  verdicts: Verdicts,
  log: HeldLog,
  subject: Subject,
  { floors, blocks, ...limits }: Limits & { readonly floors: Floors; readonly blocks: number },
): Promise<Verdicts> {
  const inspector = await subject.inspector().catch(() => undefined);
  if (inspector === undefined) return verdicts;
  let isRefused = false;
  const settle = async () => {
    await inspector.post('HeapProfiler.collectGarbage').catch(() => {
      isRefused = true;
    });
    return subject.settle();
  };
  const iterations = TIMES_LONGER * (log.iterations()[1] as number);
  const trimmed = new HeldLog(blocks + 1);
  await runBlocks({ ...subject, settle }, trimmed, blocks, { ...limits, iterations });
  const rss = judgeLog(trimmed, floors).get('rss');
  const isKnown = trimmed.length > FEWEST_BLOCKS && !isRefused && rss !== undefined;
  return isKnown ? new Map(verdicts).set('rss', rss) : verdicts;
}

/** Objects that hold memory outside of the heap. */
const BUFFER = /^(SharedArrayBuffer|ArrayBuffer|Buffer|FastBuffer|DataView|\w*(Int|Uint|Float)\d+\w*Array)$/;

/**
 * What the objects of a cache hold outside of the heap ends with the cache, where buffers are among them.
 *
 * @param heap - The heap's, of which the cache is all that grows.
 * @param growing - Names of the classes that grow.
 */
export function endingWith(heap: GrowthVerdict, verdicts: Verdicts, growing: readonly string[]): Verdicts {
  const ending = new Map(verdicts);
  const external = verdicts.get('external');
  const isOfCache = growing.some((name) => BUFFER.test(name));
  if (external?.verdict === 'leaking' && isOfCache)
    ending.set('external', { ...external, verdict: 'saturating' });
  const rss = verdicts.get('rss');
  const held = heap.perIteration.estimate + (isOfCache ? (external?.perIteration.estimate ?? 0) : 0);
  if (rss?.verdict === 'leaking' && rss.perIteration.low <= held)
    ending.set('rss', { ...rss, verdict: 'saturating' });
  return ending;
}

/**
 * A heap that grows takes native memory for itself, such as marks and remembered references: native memory leaks only
 * where it grows faster.
 */
export function withoutOverhead(verdicts: Verdicts): Verdicts {
  const [heap, rss] = [verdicts.get('heap'), verdicts.get('rss')];
  if (heap === undefined || rss?.verdict !== 'leaking') return verdicts;
  if (rss.perIteration.low > heap.perIteration.estimate) return verdicts;
  return new Map(verdicts).set('rss', { ...rss, verdict: 'undecided' });
}
