import type { Alert, Trend, TrendSeries } from '@perf/schema';
import type { LinePlot } from '../chart/plot.js';
import { thinLine } from '../chart/thin.js';
import type { Badge } from '../page/badge.js';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatChange } from '../words/change.js';
import { metricUnit } from '../words/metric-unit.js';
import { formatQuantity } from '../words/quantity.js';
import { alertsOpenFirst, changePointText, pointName, seriesName, trendSentence } from '../words/trend.js';
import { cell, column, type Section, type SectionPart, type SectionTable } from './section.js';

/** More drawings than this are not looked at; the table has every series. */
const mostPlots = 40;
/** Two values are no course: the table has them. */
const fewestValues = 3;

const alertBadges: Readonly<Record<Alert['state'], Badge>> = {
  open: { tone: 'regressed', sign: '▲', word: 'open' },
  confirmed: { tone: 'regressed', sign: '▲', word: 'confirmed' },
  acknowledged: { tone: 'undecided', sign: '•', word: 'acknowledged' },
  accepted: { tone: 'equivalent', sign: '=', word: 'accepted' },
  resolved: { tone: 'improved', sign: '✓', word: 'resolved' },
};

/** How figures developed from run to run; nothing if there is no series. */
export function trendsSection(trend: Trend | undefined): Section | undefined {
  if (trend === undefined || trend.series.length === 0) return undefined;
  const alerted = new Set(
    trend.alerts.flatMap(({ series, direction }) => (direction === 'better' ? [] : series)),
  );
  const concern = (series: TrendSeries): number =>
    alerted.has(series.key) ? 2 : series.changePoints.length > 0 ? 1 : 0;
  const ordered = trend.series.toSorted((a, b) => concern(b) - concern(a));
  const drawn = ordered.filter(({ values }) => (values?.length ?? 0) >= fewestValues).slice(0, mostPlots);
  const left = trend.series.length - drawn.length;
  return {
    id: 'trends',
    title: 'Trends',
    lead: `Each point is one run, with the interval of its value where it is known. Level lines are the segments between change points; the shaded range is where a change may lie.${left > 0 ? ` ${drawn.length} of ${trend.series.length} series are drawn, those with three values or more, alerts and changes first.` : ''}`,
    parts: [
      {
        title: '',
        sentences: [trendSentence(trend)],
        plots: [],
        tables: [...alertsTable(trend), seriesTable(ordered)],
      },
      ...drawn.map(partOf),
    ],
  };
}

function partOf(series: TrendSeries): SectionPart {
  return {
    title: seriesName(series),
    open: series.changePoints.length > 0,
    sentences: series.changePoints.map((change) => `${changePointText(series, change)}.`),
    plots: [plotOf(series)],
    tables: [valuesTable(series)],
  };
}

function plotOf(series: TrendSeries): LinePlot {
  const { values = [], points, segments, changePoints, outliers } = series;
  const unit = metricUnit(series.metric ?? '', series.unit ?? 'count');
  const odd = new Set(outliers);
  const all = values.map((y, x) => ({
    x,
    y,
    low: points?.[x]?.low,
    high: points?.[x]?.high,
    label: `${pointName(series, x)}${odd.has(x) ? ' (outlier)' : ''}`,
  }));
  return {
    caption: points === undefined ? 'Value by value' : 'Run by run',
    description: `${values.length} values in the order of their commits, ${changePoints.length} change points. The values are in the table.`,
    x: {
      title: points === undefined ? 'value' : 'commit',
      unit: 'count',
      labels: values.map((_, index) => pointName(series, index)),
    },
    y: { title: series.metric === undefined ? 'value' : seriesMetric(series), unit },
    series: [
      { name: 'runs', draw: 'both', colour: 1, points: thinLine(all.filter(({ x }) => !odd.has(x))) },
      ...(odd.size === 0
        ? []
        : [
            { name: 'outliers', draw: 'dots' as const, colour: 2, points: all.filter(({ x }) => odd.has(x)) },
          ]),
      ...(segments.length === 0
        ? []
        : [
            {
              name: 'level',
              draw: 'line' as const,
              colour: 0,
              points: segments.flatMap(({ from, to, level }) => [
                { x: from - 0.4, y: level },
                { x: to + 0.4, y: level },
                { x: to + 0.5, y: Number.NaN },
              ]),
            },
          ]),
    ],
    marks: changePoints.map(({ index, low, high, ratio }) => ({
      // Between the last point of the old level and the first of the new one.
      x: index - 0.5,
      from: low - 0.5,
      to: high - 0.5,
      label: formatChange(ratio, series.better, series.unit ?? 'count'),
    })),
  };
}

function seriesMetric({ metric = '' }: TrendSeries): string {
  return clip(visible(metric.replaceAll('_', ' ')), 40);
}

function alertsTable({ alerts, series }: Trend): SectionTable[] {
  if (alerts.length === 0) return [];
  const byKey = new Map(series.map((each) => [each.key, each]));
  return [
    {
      caption: 'Alerts',
      open: true,
      columns: [column('State'), column('Series'), column('Seen'), column('Since'), column('Note')],
      rows: alertsOpenFirst(alerts).map((alert) => [
        { text: '', badge: severityBadge(alert) },
        cell(alert.series.map((key) => nameOf(byKey.get(key), key)).join('; ')),
        cell(visible(alert.reason)),
        cell(
          `${alert.openedAt.slice(0, 10)}${alert.commit === undefined ? '' : `, ${visible(alert.commit.slice(0, 7))}`}`,
        ),
        cell(visible(alert.note ?? '')),
      ]),
    },
  ];
}

function severityBadge({ state, severity, direction }: Alert): Badge {
  if (direction === 'better') return { tone: 'improved', sign: '▽', word: 'improvement' };
  const badge = alertBadges[state];
  return severity === undefined ? badge : { ...badge, word: `${badge.word}, ${severity}` };
}

function nameOf(series: TrendSeries | undefined, key: string): string {
  return series === undefined ? clip(visible(key), 120) : seriesName(series);
}

function seriesTable(all: readonly TrendSeries[]): SectionTable {
  return {
    caption: 'Every series',
    open: all.length <= 20,
    columns: [column('Series'), column('Values', true), column('Level now', true), column('Changes')],
    rows: all.map((series) => {
      const level = series.segments.at(-1)?.level;
      const unit = metricUnit(series.metric ?? '', series.unit ?? 'count');
      return [
        cell(seriesName(series)),
        cell(series.values === undefined ? '' : String(series.values.length)),
        cell(level === undefined ? '' : formatQuantity(level, unit)),
        cell(series.changePoints.map((change) => changePointText(series, change)).join('; ') || 'none found'),
      ];
    }),
  };
}

function valuesTable(series: TrendSeries): SectionTable {
  const unit = metricUnit(series.metric ?? '', series.unit ?? 'count');
  return {
    caption: 'The values',
    open: false,
    columns: [column('Point'), column('Value', true), column('Interval', true), column('Processes', true)],
    rows: (series.values ?? []).map((value, index) => {
      const { low, high, processes } = series.points?.[index] ?? {};
      return [
        cell(pointName(series, index)),
        cell(formatQuantity(value, unit)),
        cell(
          low === undefined || high === undefined
            ? ''
            : `${formatQuantity(low, unit)} to ${formatQuantity(high, unit)}`,
        ),
        cell(processes === undefined ? '' : String(processes)),
      ];
    }),
  };
}
