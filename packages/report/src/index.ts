export { renderHtml } from './render-html.js';
export { renderJson } from './render-json.js';
export { renderText, type TextOptions } from './render-text.js';
export { ReportError } from './report-error.js';
export type { ReportInput } from './report-input.js';
export { visible } from './visible.js';
export { formatChange, formatChangeRange } from './words/change.js';
export { type FormattedInterval, formatInterval, formatQuantity } from './words/quantity.js';
