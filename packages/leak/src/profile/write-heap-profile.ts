import { writeFile } from 'node:fs/promises';
import type { HeapProfile, HeapProfileNode, HeapProfileSample } from './heap-profile.js';

/** Text to hand to the file system at a time [characters]. */
const CHUNK = 65_536;

/**
 * Writes a profile as a `.heapprofile` file, which Chrome DevTools opens by that ending (Memory, Load profile). What is
 * there is overwritten.
 *
 * @throws {Error} of the file system; what was written of the file by then is left.
 *
 * Cost: O(nodes + samples) time, O(depth) memory; no recursion, so that a tree may be of any depth.
 */
export async function writeHeapProfile(file: string, profile: HeapProfile): Promise<void> {
  await writeFile(file, inChunks(textOf(profile)));
}

function* textOf({ head, samples }: HeapProfile): Generator<string> {
  yield '{"head":';
  yield* nodeTexts(head);
  yield ',"samples":[';
  for (const [index, sample] of samples.entries()) yield `${index === 0 ? '' : ','}${sampleText(sample)}`;
  yield ']}';
}

function* nodeTexts(head: HeapProfileNode): Generator<string> {
  yield beginning(head);
  /** The nodes from the head down, each with the index of its next child. */
  const open = [{ node: head, next: 0 }];
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const child = last.node.children[last.next];
    if (child === undefined) {
      yield ']}';
      open.pop();
    } else {
      yield `${last.next === 0 ? '' : ','}${beginning(child)}`;
      last.next += 1;
      open.push({ node: child, next: 0 });
    }
  }
}

/** A node up to its first child. */
function beginning({ callFrame, selfSize, id }: HeapProfileNode): string {
  const { functionName, scriptId, url, lineNumber, columnNumber } = callFrame;
  const frame = JSON.stringify({ functionName, scriptId, url, lineNumber, columnNumber });
  return `{"callFrame":${frame},"selfSize":${selfSize},"id":${id},"children":[`;
}

function sampleText({ size, nodeId, ordinal }: HeapProfileSample): string {
  return JSON.stringify({ size, nodeId, ordinal });
}

function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
