import type { RunSource } from '@perf/schema';
import { readSource as readFrom } from '@perf/store';
import { log } from './terminal/streams.js';

/**
 * Commit, branch, cleanliness and place in the branch's history of a folder; empty outside a repository, before its
 * first commit and without git. Where git refuses for another reason, that is told on stderr.
 */
export async function readSource(folder: string): Promise<RunSource> {
  return await readFrom(folder, log);
}
