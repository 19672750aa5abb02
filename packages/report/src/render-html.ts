import { dashboard } from './dashboard.js';
import { Figures } from './interactive/figure.js';
import { pageView } from './page/page-view.js';
import { renderPage } from './page-template.js';
import type { ReportInput } from './report-input.js';

/** How a page is drawn. */
export interface HtmlOptions {
  /**
   * Whether plotly.js goes into the page, about half a megabyte. Default true. Without it the page has the same
   * sections, tables and static drawings, and no script at all.
   */
  readonly interactive?: boolean | undefined;
}

/**
 * A report as one HTML page, the dashboard: verdicts, gates, advice, leaks, load, scalability, trends, distributions,
 * profiles and resources over time.
 *
 * Every section has its tables and static drawings without JavaScript; with it, plotly.js draws charts in their place.
 * The page holds everything it needs, fetches nothing and forbids itself to. All text from the documents is escaped.
 *
 * @returns The page, from `<!doctype html>` on.
 * @throws {ReportError} `report/empty` if the input holds neither a run, a comparison nor a trend; `report/no-bundle`
 * if an interactive page is asked for and the package was not built.
 *
 * Cost: O(size of the documents); reads its templates from disk on first use.
 */
export function renderHtml(input: ReportInput, { interactive = true }: HtmlOptions = {}): string {
  const figures = new Figures();
  const view = pageView(input, interactive ? figures : undefined);
  return renderPage(view, dashboard(figures.all));
}
