import type { Advice, Run, Trend } from '@perf/schema';
import type { ReportInput } from '../src/index.js';
import { adviceDocument, dashboardRun, trendDocument } from './dashboard-documents.js';
import { comparedOf, fullRun } from './documents.js';

/** Text that tries to leave its place. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'--></style></svg></title><svg onload=alert(1)>",
  '<%= process.exit(1) %>',
  '\u001b[31mred\u001b]0;title\u0007',
  'first\nsecond\r\u2028third',
  'innocent\u202Egnp.exe\u2066',
  '&lt;b&gt; &amp; ]]>',
  'x'.repeat(500),
  '日本語 👩‍💻 \u0000',
  '__proto__',
];

/** A full report in which every free text is the given one. */
export function reportOf(text: string): ReportInput {
  const run = replaced(fullRun(), text) as Run;
  const comparison = run.comparison;
  comparison?.comparisons.push(comparedOf({ metric: text, unit: 'count', verdict: 'undecided' }));
  return { run, title: text };
}

/** The same of everything the dashboard has a section for. */
export function dashboardOf(text: string): ReportInput {
  const { explanation, ...advice } = replaced(adviceDocument(), text) as Advice;
  return {
    run: replaced(dashboardRun(), text) as Run,
    trend: replaced(trendDocument(), text) as Trend,
    // `model` is the kind of a load elsewhere.
    advice: { ...advice, ...(explanation && { explanation: { ...explanation, model: text } }) },
    title: text,
  };
}

/** Fields whose values are fixed by the schema, and so cannot carry free text. */
const fixed = new Set([
  'schema',
  'unit',
  'better',
  'verdict',
  'severity',
  'status',
  'scope',
  'startedAt',
  'finishedAt',
  'state',
  'bound',
  'resource',
  'model',
  'shape',
  'openedAt',
  'changedAt',
]);

function replaced(value: unknown, text: string, field = ''): unknown {
  if (typeof value === 'string')
    return fixed.has(field) || field === 'metric' ? value : `${text}${value.slice(0, 3)}`;
  if (Array.isArray(value)) return value.map((item) => replaced(item, text, field));
  if (value === null || typeof value !== 'object') return value;
  const free = field === 'params' || field === 'resources' || field === 'volatile' || field === 'errors';
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      free ? `${text}${key}` : key,
      // Metric names tell which figures belong together: they stay apart, and one hostile metric is added.
      key === 'name' && field === 'metrics' ? part : replaced(part, text, key),
    ]),
  );
}

/** The tags of a page in order, attributes left out. */
export function tagsOf(html: string): string[] {
  return [...html.matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9-]*)/g)].map(([tag]) => tag);
}
