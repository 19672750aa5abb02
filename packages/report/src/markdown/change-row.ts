import { type Compared, probeTitle } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatChange, formatChangeRange } from '../words/change.js';
import { formatConfidence, isTooFew } from '../words/confidence.js';
import { metricName } from '../words/metric-phrase.js';
import { basisCell } from '../words/sentence.js';
import type { Row } from './blocks.js';
import { markdownText } from './escape.js';

const longestName = 120;
const signs = { regressed: '🔺', undecided: '❔', improved: '🔽', equivalent: '🟰' } as const;

export const changeHead: Row = ['verdict', 'probe', 'metric', 'change', 'interval', 'processes'];

/** One compared metric as a row. @param asked - Confidence that the comparison asked for. */
export function changeRow(compared: Compared, asked: number): Row {
  const { probe, metric, verdict, severity, ratio, low, high, better, unit, confidence } = compared;
  const known = confidence > 0;
  const range = `${formatChangeRange(ratio, low, high)}${isTooFew(confidence, asked) ? ` at ${formatConfidence(confidence)}` : ''}`;
  return [
    `${signs[verdict]} ${verdict}${severity === undefined ? '' : `, **${severity}**`}`,
    markdownText(clip(visible(probeTitle(probe)), longestName)),
    markdownText(clip(metricName(metric), 60)),
    known ? formatChange(ratio, better, unit) : 'unknown',
    known ? range : 'none',
    basisCell(compared),
  ];
}
