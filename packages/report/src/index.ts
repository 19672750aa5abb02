export { type HtmlOptions, renderHtml } from './render-html.js';
export { renderJson } from './render-json.js';
export { type JunitOptions, renderJunit } from './render-junit.js';
export { type MarkdownOptions, renderMarkdown } from './render-markdown.js';
export { renderText, type TextOptions } from './render-text.js';
export { ReportError } from './report-error.js';
export type { ReportInput } from './report-input.js';
export type { Column } from './terminal/text-table.js';
export { textTable } from './terminal/text-table.js';
export { visible } from './visible.js';
export { formatChange, formatChangeRange } from './words/change.js';
export {
  endText,
  exhaustionText,
  leakSentence,
  leakSentences,
  leaksWorstFirst,
  ownSteps,
  resourceName,
  resourceUnit,
} from './words/leak.js';
export { type FormattedInterval, formatInterval, formatQuantity } from './words/quantity.js';
export { waiverSentence } from './words/waiver.js';
