import { pageView } from './page/page-view.js';
import { renderPage } from './page-template.js';
import type { ReportInput } from './report-input.js';

/**
 * A report as one HTML page: verdicts, distributions and per-process dots as SVG, a table under each.
 *
 * The page works without JavaScript, fetches nothing and forbids itself to. All text from the documents is escaped.
 *
 * @returns The page, from `<!doctype html>` on.
 * @throws {ReportError} `report/empty` if the input holds neither a run nor a comparison.
 *
 * Cost: O(size of the documents); reads its templates from disk on first use.
 */
export function renderHtml(input: ReportInput): string {
  return renderPage(pageView(input));
}
