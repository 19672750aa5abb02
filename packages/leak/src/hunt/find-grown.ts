import { performance } from 'node:perf_hooks';
import { type Culprit, describeError, type Warning } from '@perf/schema/core';
import { readHeld } from '../held/read-held.js';
import { settle } from '../held/settle.js';
import { LeakError } from '../leak-error.js';
import { type ConstructorGrowth, grownConstructors, tallyConstructors } from '../snapshot/constructors.js';
import { findCulprit } from '../snapshot/find-culprit.js';
import { snapshotNodes } from '../snapshot/snapshot-nodes.js';
import { takeSnapshot } from '../snapshot/take-snapshot.js';
import { iterate } from './iterate.js';
import { watchRetained } from './retained-site.js';

/** A snapshot of a larger heap would take minutes and gigabytes. */
const LARGEST_HEAP = 512 * 2 ** 20;
/** Time that two snapshots may need: 2 s and for each MiB of heap 0.4 s, twice what a machine at rest takes. */
const LEAST_MS = 2000;
const MS_PER_MIB = 400;
/** Blocks between the snapshots: what grows in each stands out from what changes once. */
const BLOCKS = 4;
/** Objects that a leak adds: at least one in ten iterations. */
const LEAST_PER_ITERATION = 0.1;
/** Buffers of the process, as snapshots name them. */
const BUFFER_DATA = 'system / JSArrayBufferData';

/** What grew between two heap snapshots, and what holds it. Absent what could not be found. */
export interface Grown {
  readonly constructors?: ConstructorGrowth[];
  readonly culprit?: Culprit;
  readonly warnings: readonly Warning[];
}

/**
 * Runs some more blocks between two heap snapshots, and finds what grew, what holds on to it and where it was
 * allocated. The readings of a hunt are over by then, so that snapshots disturb none.
 *
 * @throws what the function throws; the signal's reason once it is aborted.
 */
export async function findGrown(
  call: () => unknown,
  { iterations, deadline, signal }: { iterations: number; deadline: number; signal: AbortSignal },
): Promise<Grown> {
  const { heap } = readHeld();
  if (deadline - Date.now() < LEAST_MS + (MS_PER_MIB * heap) / 2 ** 20)
    return without('too little time was left before the deadline');
  if (heap > LARGEST_HEAP) return without('the heap is larger than 512 MiB');
  try {
    const before = await firstSnapshot();
    const watch = await watchRetained();
    try {
      const untilMs = performance.now() + (deadline - Date.now()) / 4;
      const done = await iterate(call, iterations * BLOCKS, { untilMs, signal });
      await settle();
      const { site, warnings } = await watch.stop();
      return { ...(await compared(before, done, site)), warnings };
    } finally {
      watch.close();
    }
  } catch (error) {
    if (!(error instanceof LeakError && error.code === 'leak/snapshot')) throw error;
    return without(describeError(error));
  }
}

/** The first snapshot, reduced and put outside of the V8 heap: else the second one would count it as growth. */
async function firstSnapshot(): Promise<{ newest: number; tally: Buffer }> {
  const nodes = snapshotNodes(await takeSnapshot());
  let newest = 0;
  for (let node = 0; node < nodes.count; node += 1) {
    const id = nodes.id(node);
    if (id % 2 === 1 && id > newest) newest = id;
  }
  return { newest, tally: Buffer.from(JSON.stringify(tallyConstructors(nodes))) };
}

async function compared(
  before: { newest: number; tally: Buffer },
  iterations: number,
  site: Culprit['site'],
): Promise<Omit<Grown, 'warnings'>> {
  const nodes = snapshotNodes(await takeSnapshot());
  const ours = { name: BUFFER_DATA, count: 1, bytes: before.tally.length };
  const earlier = JSON.parse(before.tally.toString()) as ConstructorGrowth[];
  const buffers = earlier.find(({ name }) => name === BUFFER_DATA);
  if (buffers === undefined) earlier.push(ours);
  else Object.assign(buffers, { count: buffers.count + 1, bytes: buffers.bytes + ours.bytes });
  const leastCount = Math.max(1, iterations * LEAST_PER_ITERATION);
  const constructors = grownConstructors(earlier, tallyConstructors(nodes), leastCount);
  if (constructors.length === 0) return { constructors };
  const path = findCulprit(nodes, before.newest, leastCount);
  if (path.length === 0) return { constructors };
  return { constructors, culprit: { path, ...(site !== undefined && { site }) } };
}

function without(why: string): Grown {
  return {
    warnings: [{ code: 'leak/no-snapshots', message: `Heap snapshots were not compared: ${why}.` }],
  };
}
