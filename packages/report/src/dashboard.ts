import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Figure } from './interactive/figure.js';
import { ReportError } from './report-error.js';

/** What makes a page interactive: its policy, and markup to stand at its end. */
export interface Dashboard {
  /** Value of `Content-Security-Policy`. */
  readonly policy: string;
  /** Script elements. Holds no text that could end them. */
  readonly scripts: string;
}

/** The policy of a page without scripts. */
const staticPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

interface Bundle {
  /** Hash of the inflated script, base64. */
  readonly sha256: string;
  /** The script, compressed, base64. */
  readonly gzip: string;
}

// Both places are the same seen from `src/` and from the built `dist/`.
const bundleFile = new URL('../dist/plotly.json', import.meta.url);
const loaderFile = new URL('../templates/dashboard.js', import.meta.url);

/** Read on first use: only an interactive page needs half a megabyte. */
let bundle: Bundle | undefined;
let loader: string | undefined;

/**
 * The scripts that draw figures with plotly.js, and the policy under which only they run.
 *
 * Two scripts may run, each known by the hash of its very text: the loader in the page, and plotly.js after the loader
 * inflated it. Nothing may be fetched, sent or evaluated.
 *
 * @param figures - None make a static page.
 * @throws {ReportError} `report/no-bundle` if this package was not built.
 */
export function dashboard(figures: readonly Figure[]): Dashboard {
  if (figures.length === 0) return { policy: staticPolicy, scripts: '' };
  bundle ??= readBundle();
  loader ??= readFileSync(loaderFile, 'utf8');
  const ownHash = createHash('sha256').update(loader).digest('base64');
  // plotly.js draws heat maps as images in `data:` addresses.
  const policy = `${staticPolicy}; script-src 'sha256-${ownHash}' 'sha256-${bundle.sha256}'; img-src data:`;
  return {
    policy,
    scripts: [
      `<script type="application/json" id="figures">${scriptJson(figures)}</script>`,
      `<script type="text/plain" id="plotly">${bundle.gzip}</script>`,
      `<script>${loader}</script>`,
    ].join('\n'),
  };
}

/** JSON that can stand in a script element: without `<`, neither an end tag nor a comment can begin. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function readBundle(): Bundle {
  try {
    return JSON.parse(readFileSync(bundleFile, 'utf8')) as Bundle;
  } catch (error) {
    throw new ReportError('report/no-bundle', 'The charts of the page are not there: dist/plotly.json.', {
      cause: error,
      remedy: 'Build @perf/report, or draw the page with { interactive: false }.',
    });
  }
}
