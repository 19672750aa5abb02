import { type Alert, type ChangePoint, probeTitle, type Trend, type TrendSeries } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatChange } from './change.js';
import { counted } from './counted.js';
import { metricName } from './metric-phrase.js';

const states = ['open', 'confirmed', 'acknowledged', 'accepted', 'resolved'] as const;
/** As git abbreviates. */
const commitLength = 7;

/** What a series is of: `cache › get, hit: time`, or its key where it names no probe. */
export function seriesName({ key, probe, metric }: TrendSeries): string {
  if (probe === undefined) return clip(visible(key), 120);
  return `${clip(visible(probeTitle(probe)), 120)}${metric === undefined ? '' : `: ${metricName(metric)}`}`;
}

/** The name of a point: its commit, else its day, else its number. Neutralised. */
export function pointName({ points }: TrendSeries, index: number): string {
  const point = points?.[index];
  if (point === undefined) return `#${index}`;
  return point.commit === undefined
    ? point.startedAt.slice(0, 10)
    : visible(point.commit.slice(0, commitLength));
}

/** `23 % slower from 1a2b3c4d5e on (between … and …)`. */
export function changePointText(series: TrendSeries, { index, low, high, ratio }: ChangePoint): string {
  const change = formatChange(ratio, series.better, series.unit ?? 'count');
  const where = low === high ? '' : ` (between ${pointName(series, low)} and ${pointName(series, high)})`;
  return `${change} from ${pointName(series, index)} on${where}`;
}

/** Alerts that still ask for something first. Returns a new array; stable. */
export function alertsOpenFirst(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state));
}

/** What an alert is at: its state, or that it tells of an improvement. */
export function alertWord({ state, direction }: Alert): string {
  return direction === 'better' ? 'improvement' : `alert, ${state}`;
}

/** `12 series: 3 change points, 1 alert open.` */
export function trendSentence({ series, alerts }: Trend): string {
  const changes = series.reduce((sum, { changePoints }) => sum + changePoints.length, 0);
  const open = alerts.filter(({ state }) => state === 'open' || state === 'confirmed').length;
  return `${counted(series.length, 'series')}: ${counted(changes, 'change point')}, ${counted(open, 'alert')} open.`;
}
