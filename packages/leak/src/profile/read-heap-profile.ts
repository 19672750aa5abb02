import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { describeError } from '@perf/schema/core';
import { checkHeapProfile, noHeapProfile } from './check-heap-profile.js';
import type { HeapProfile } from './heap-profile.js';

/**
 * Reads a `.heapprofile` file, as `writeHeapProfile`, `node --heap-prof` and Chrome DevTools write it.
 *
 * @throws {LeakError} `leak/heap-profile` if it is none, only a part of one, or longer than a string of V8's can be (some
 * 512 MiB); {Error} of the file system.
 *
 * Cost: the file's text and its objects are in memory at once.
 */
export async function readHeapProfile(file: string): Promise<HeapProfile> {
  const { size } = await stat(file);
  if (size > constants.MAX_STRING_LENGTH) {
    throw noHeapProfile(`it has ${size} bytes, and ${constants.MAX_STRING_LENGTH} can be read`);
  }
  return checkHeapProfile(parse(await readFile(file, 'utf8')));
}

function parse(text: string): unknown {
  if (text.trim() === '') throw noHeapProfile('it is empty');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = text.trimStart().startsWith('{') ? 'it ends early or is broken' : 'it is no JSON';
    throw noHeapProfile(`${why} (${describeError(cause)})`, cause);
  }
}
