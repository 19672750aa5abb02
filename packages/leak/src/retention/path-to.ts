import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import { findRetainers, NONE } from '../snapshot/retainers.js';
import { retainingPath } from '../snapshot/retaining-path.js';
import { snapshotNodes } from '../snapshot/snapshot-nodes.js';
import type { HeapSnapshot } from '../snapshot/snapshot-reader.js';
import type { Inspector, Subject } from '../subject/subject.js';

/** How the inspector finds what it is asked about: `process` is the same object in all contexts. */
const KEY = '@perf/leak: what retains';
const GROUP = 'perfkit-retention';
const GIVEN = 'the function given';

/** An object to look for, and the function that made it: a path through that one begins there. */
export interface Wanted {
  readonly reference: WeakRef<object>;
  readonly make: () => unknown;
}

/**
 * The shortest path from a root to an object, by a heap snapshot of this process.
 *
 * @param subject - This process, whose session with the inspector stays open.
 * @returns `undefined` where the snapshot's own collections took the object. Rejects with errors of the inspector and of
 * the file system.
 */
export async function pathTo(wanted: Wanted, subject: Subject): Promise<string[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-snapshots-'));
  try {
    const file = join(folder, '1.heapsnapshot');
    // Whoever read the reference holds the object until the loop turns.
    await pause(1);
    await subject.writeSnapshot(file);
    const ids = await idsOf(wanted, await subject.inspector());
    return ids && pathIn(await readSnapshot(file), ids);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Numbers of nodes in a snapshot. */
interface Ids {
  readonly object: number;
  readonly make: number;
}

/** They are asked for after the snapshot: the inspector holds what it is asked about, and V8 has ids only then. */
async function idsOf(wanted: Wanted, inspector: Inspector): Promise<Ids | undefined> {
  const key = Symbol.for(KEY);
  Object.assign(process, { [key]: wanted });
  try {
    const object = await idOf(inspector, 'reference.deref()');
    const make = await idOf(inspector, 'make');
    return object === undefined || make === undefined ? undefined : { object, make };
  } finally {
    Reflect.deleteProperty(process, key);
    await inspector.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }
}

async function idOf(inspector: Inspector, member: string): Promise<number | undefined> {
  const { result } = (await inspector.post('Runtime.evaluate', {
    expression: `process[Symbol.for('${KEY}')].${member}`,
    objectGroup: GROUP,
  })) as { result: { objectId?: string } };
  if (result.objectId === undefined) return undefined;
  const { heapSnapshotObjectId } = (await inspector.post('HeapProfiler.getHeapObjectId', {
    objectId: result.objectId,
  })) as { heapSnapshotObjectId: string };
  return Number(heapSnapshotObjectId);
}

/** The path to the object; what leads to the function that made it is left out, since that is what called it. */
function pathIn(snapshot: HeapSnapshot, ids: Ids): string[] | undefined {
  const nodes = snapshotNodes(snapshot);
  const retainers = findRetainers(nodes);
  const object = retainers.order.find((node) => nodes.id(node) === ids.object);
  if (object === undefined) return undefined;
  const parent = retainers.parent.slice();
  const make = retainers.order.find((node) => nodes.id(node) === ids.make);
  if (make !== undefined) parent[make] = NONE;
  let first = object;
  while (parent[first] !== NONE) first = parent[first] as number;
  const path = retainingPath(nodes, { ...retainers, parent }, object);
  return first === make ? [GIVEN, ...path.slice(1)] : path;
}
