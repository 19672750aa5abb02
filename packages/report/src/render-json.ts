import type { PerfDocument } from '@perf/schema';

/**
 * A document as JSON for people and programs: indented by two spaces, one newline at the end, nothing escaped or left out.
 *
 * Cost: O(size of the document).
 */
export function renderJson(document: PerfDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
