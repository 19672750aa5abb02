import { LeakError } from '../leak-error.js';
import type { HeapProfile } from './heap-profile.js';

const REMEDY =
  'Name a whole .heapprofile: of node --heap-prof, which writes it at exit, profileHeap or Chrome DevTools.';

/**
 * Checks that data has the form of a `.heapprofile`, and leaves out what does not belong to it beside `head` and `samples`.
 *
 * @throws {LeakError} `leak/heap-profile` with the first thing that is wrong.
 *
 * Cost: O(nodes + samples) time; no recursion, so that a tree may be of any depth.
 */
export function checkHeapProfile(data: unknown): HeapProfile {
  if (!isRecord(data)) throw noHeapProfile('it holds no object');
  const { head, samples } = data;
  if ('snapshot' in data) throw noHeapProfile('it is a heap snapshot');
  if (head === undefined) {
    throw noHeapProfile('nodes' in data ? 'it has no "head"; a CPU profile has none' : 'it has no "head"');
  }
  checkNodes(head);
  if (!Array.isArray(samples)) throw noHeapProfile('its "samples" are no list');
  for (const [index, sample] of samples.entries()) checkSample(sample, index);
  return { head, samples } as unknown as HeapProfile;
}

/** Says what is wrong with a file, as a clause. */
export function noHeapProfile(why: string, cause?: unknown): LeakError {
  return new LeakError('leak/heap-profile', `The heap profile cannot be read: ${why}.`, {
    remedy: REMEDY,
    cause,
  });
}

function checkNodes(head: unknown): void {
  const waiting: unknown[] = [head];
  for (let count = 1; waiting.length > 0; count += 1) {
    const node = waiting.pop();
    const refuse = (what: string) => noHeapProfile(`node ${count} of its tree has no ${what}`);
    if (!isRecord(node)) throw noHeapProfile(`node ${count} of its tree is no object`);
    const { callFrame, selfSize, id, children } = node;
    if (!isFrame(callFrame)) throw refuse('"callFrame" with a function, its script and its place');
    if (!isSize(selfSize)) throw refuse('"selfSize" in bytes');
    if (!Number.isSafeInteger(id)) throw refuse('"id"');
    if (!Array.isArray(children)) throw refuse('list of "children"');
    for (const child of children) waiting.push(child);
  }
}

function checkSample(sample: unknown, index: number): void {
  if (isRecord(sample) && isSize(sample.size) && isSize(sample.nodeId) && isSize(sample.ordinal)) return;
  throw noHeapProfile(`sample ${index + 1} lacks its "size", "nodeId" or "ordinal"`);
}

function isFrame(frame: unknown): boolean {
  if (!isRecord(frame)) return false;
  const texts = [frame.functionName, frame.scriptId, frame.url];
  const places = [frame.lineNumber, frame.columnNumber];
  return texts.every((text) => typeof text === 'string') && places.every(Number.isSafeInteger);
}

function isSize(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
