import { contentId } from '@perf/schema/core';
import { UsageError } from '../usage-error.js';

/**
 * The hidden first line of a comment, by which it is found again.
 *
 * @throws {UsageError} `usage/key` if the key could end the HTML comment, or is none.
 */
export function markerOf(key: string): string {
  if (!/^[\w.][\w./ -]{0,99}$/.test(key) || key.includes('--')) {
    throw new UsageError('usage/key', `--key is "${key}".`, {
      seen: key,
      remedy: 'Give 1 to 100 letters, digits, blanks and . _ / -, without "--", such as node-22.',
    });
  }
  return `<!-- perfkit:${key} -->`;
}

/**
 * The key of a job's comment where none is given: one for each workflow, job and configuration, so that several of
 * them do not overwrite each other. It does not follow from what was measured: a probe more must not leave an old
 * comment behind. The jobs of a matrix share it: they need `--key`.
 *
 * @param configFolder - Relative to the workspace, with `/`.
 */
export function defaultKey(env: NodeJS.ProcessEnv, configFolder: string): string {
  return contentId([env.GITHUB_WORKFLOW ?? '', env.GITHUB_JOB ?? '', configFolder]).slice(0, 12);
}

/** Whether a comment begins with the marker. One that quotes it does not. */
export function hasMarker(body: string | null | undefined, marker: string): boolean {
  return body?.trimStart().startsWith(marker) === true;
}
