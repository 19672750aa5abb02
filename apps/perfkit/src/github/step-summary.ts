import { appendFileSync, statSync } from 'node:fs';

/** What GitHub takes as the summary of one step [bytes]; more, and it shows none of it. */
export const LONGEST_SUMMARY = 1024 * 1024;
/** Below this there is no room for a report, which has up to 2,000 characters of up to three bytes at least [bytes]. */
const LEAST_ROOM = 6144;

/**
 * Appends a report to the summary of a step, as long as its limit allows with what is in it already.
 *
 * @param draw - The report in at most so many characters.
 * @returns Bytes written; 0 if there was no room left.
 * @throws what the file system throws.
 */
export function appendStepSummary(file: string, draw: (maxLength: number) => string): number {
  const used = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const room = LONGEST_SUMMARY - used;
  if (room < LEAST_ROOM) return 0;
  const text = fitting(draw, room);
  appendFileSync(file, text);
  return Buffer.byteLength(text);
}

/** The limit is in bytes, a report's length in characters of up to three: draws again, shorter, until it fits. */
function fitting(draw: (maxLength: number) => string, room: number): string {
  for (let maxLength = room - 2; maxLength > 0; ) {
    const text = `\n${draw(maxLength).trimEnd()}\n`;
    const bytes = Buffer.byteLength(text);
    if (bytes <= room) return text;
    maxLength = Math.min(maxLength - 1, Math.floor((maxLength * room) / bytes));
  }
  return '';
}
