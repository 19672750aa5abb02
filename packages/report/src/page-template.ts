import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import type { Dashboard } from './dashboard.js';
import type { PageView } from './page/page-view.js';

// `../templates` is the same folder seen from `src/` and from the built `dist/`.
const folder = new URL('../templates/', import.meta.url);

/** Compiled on first use: reading twenty small files is no cost worth paying on import. */
let compiled: ((view: Page) => string) | undefined;

/** A page with its scripts. */
interface Page extends PageView {
  readonly dashboard: Dashboard;
}

/**
 * The page as HTML. Templates see the view as `view`; `<%=` escapes, and `<%-` is used for `include` and
 * for the scripts of the dashboard, which hold no text that could end them.
 *
 * Reads the templates from disk once per process.
 */
export function renderPage(view: PageView, dashboard: Dashboard): string {
  compiled ??= compile();
  return compiled({ ...view, dashboard });
}

function compile(): (view: Page) => string {
  const filename = fileURLToPath(new URL('page.ejs', folder));
  const template = ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    strict: true,
    localsName: 'view',
    rmWhitespace: true,
    cache: true,
  });
  return (view) => template(view);
}
