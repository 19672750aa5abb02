import { probeTitle, type Summary } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatConfidence, isTooFew } from '../words/confidence.js';
import { metricName, perWhat } from '../words/metric-phrase.js';
import { metricUnit } from '../words/metric-unit.js';
import { formatInterval } from '../words/quantity.js';
import { hasInterval } from '../words/sentence.js';
import type { Row } from './blocks.js';
import { markdownText } from './escape.js';

const longestName = 120;

/** One summary as a row; without an interval it has no figure. @param asked - Confidence that the run asked for. */
export function figureRow(summary: Summary, asked: number): Row {
  const { probe, metric, unit, confidence, processes } = summary;
  const { estimate, range } = formatInterval(summary, metricUnit(metric, unit));
  const known = hasInterval(summary);
  return [
    markdownText(clip(visible(probeTitle(probe)), longestName)),
    markdownText(clip(`${metricName(metric)}${perWhat({ probe, metric })}`, 80)),
    known ? estimate : 'not stated',
    known
      ? `${range}${isTooFew(confidence, asked) ? ` at ${formatConfidence(confidence)}` : ''}`
      : 'none from one process',
    String(processes),
  ];
}
