import { formatChange, formatQuantity, visible } from '@perf/report';
import type { Alert, ChangePoint, Trend, TrendSeries } from '@perf/schema';
import { probeTitle } from '@perf/schema/core';
import { sparkline } from './sparkline.js';
import { placeOf } from './trend-from-store.js';

const SPARKLINE_WIDTH = 40;
/** Fewer runs cannot show a change. */
const FEWEST = 6;
const SHORT = 8;
/** Least difference of the newest value from what was expected that is told, as a fraction. */
const WORTH_SAYING = 0.02;

/** A trend for people: for each series what it is, how it went, what changed and what is alarming. */
export function trendText(trend: Trend): string {
  const [long, short] = [
    trend.series.filter(({ values = [] }) => values.length >= FEWEST),
    trend.series.filter(({ values = [] }) => values.length < FEWEST),
  ];
  const manyPlaces =
    new Set(trend.series.map(({ branch, environment }) => `${environment} ${branch}`)).size > 1;
  const blocks = long.map((series) => seriesText(series, alertsOf(trend, series), manyPlaces));
  if (short.length > 0) {
    const names = short.slice(0, SHORT).map((series) => `${nameOf(series)} (${series.values?.length ?? 0})`);
    const more = short.length > SHORT ? `, and ${short.length - SHORT} more` : '';
    blocks.push(`Fewer than ${FEWEST} runs, too few to tell: ${names.join(', ')}${more}.`);
  }
  const changes = long.reduce((sum, series) => sum + series.changePoints.length, 0);
  const active = trend.alerts.filter(isActive).length;
  blocks.push(
    `${counted(long.length, 'series', 'series')}, ${counted(changes, 'change', 'changes')}, ${counted(active, 'alert', 'alerts')} open.`,
  );
  return blocks.join('\n\n');
}

/** Whether nobody has answered an alert, and the level is still there. */
export function isActive({ state }: Alert): boolean {
  return state === 'open' || state === 'confirmed';
}

/** A line about one alert. */
export function alertText({ id, state, severity, reason, note }: Alert): string {
  const grade = severity === undefined ? '' : ` ${severity}`;
  const why = note === undefined ? '' : ` Note: ${visible(note)}`;
  return `alert ${visible(id.slice(0, 8))}, ${state}${grade}: ${visible(reason)}${why}`;
}

function alertsOf(trend: Trend, series: TrendSeries): Alert[] {
  const place = placeOf(series);
  return trend.alerts.filter((alert) => {
    const branch = 'branch' in alert && typeof alert.branch === 'string' ? alert.branch : '';
    return alert.state !== 'resolved' && alert.series.some((key) => placeOf({ key, branch }) === place);
  });
}

function seriesText(series: TrendSeries, alerts: readonly Alert[], withPlace: boolean): string {
  const { values = [], changePoints, outliers, segments, points } = series;
  const unit = points === undefined ? 'values' : 'runs';
  const place = withPlace
    ? `, branch ${visible(series.branch || 'none')}, environment ${visible((series.environment ?? '').slice(0, 8))}`
    : '';
  const level = segments.at(-1)?.level ?? 0;
  return [
    `${nameOf(series)}  ${values.length} ${unit}${place}`,
    `  ${sparkline(values, SPARKLINE_WIDTH)}  ${quantity(series, level)}${slopeText(series)}`,
    ...changePoints.map((change, i) => `  ${changeText(series, change, i)}`),
    ...newestLines(series),
    ...(outliers.length > 0
      ? [`  outliers: ${outliers.slice(0, SHORT).join(', ')}${outliers.length > SHORT ? ' …' : ''}`]
      : []),
    ...alerts.map((alert) => `  ! ${alertText(alert)}`),
  ].join('\n');
}

function nameOf({ key, probe, metric }: TrendSeries): string {
  if (probe === undefined) return visible(key);
  return `${visible(probeTitle(probe))}  ${visible(metric ?? '')}`;
}

function quantity({ unit }: TrendSeries, value: number): string {
  return unit === undefined ? String(Number(value.toPrecision(4))) : formatQuantity(value, unit);
}

function slopeText({ slope, segments }: TrendSeries): string {
  const last = segments.at(-1);
  if (slope === undefined || last === undefined) return '';
  const percent = (share: number) => `${share > 0 ? '+' : ''}${Number((100 * share).toPrecision(2))} %`;
  const since = last.from === 0 ? '' : ' since then';
  return `, slope ${percent(slope.perPoint)} per run (${percent(slope.low)} to ${percent(slope.high)})${since}`;
}

function changeText(series: TrendSeries, change: ChangePoint, i: number): string {
  const { segments, better, unit, points } = series;
  const [before, after] = [segments[i]?.level ?? 0, segments[i + 1]?.level ?? 0];
  const worse = better === 'lower' ? after > before : after < before;
  const commit = points?.[change.index]?.commit;
  const where = commit === undefined ? '' : ` (commit ${visible(commit.slice(0, 10))})`;
  const size = before > 0 && after > 0 ? formatChange(change.ratio, better, unit ?? 'count') : 'changed';
  return `${worse ? '▲ worse' : '▽ better'} at ${change.index}${where}${change.low === change.high ? '' : `, between ${change.low} and ${change.high}`}: ${quantity(series, before)} to ${quantity(series, after)}, ${size}, p ${change.p.toPrecision(2)}`;
}

/** Says so where the newest value is not where it was expected: a first hint, before there are enough to find a change. */
function newestLines(series: TrendSeries): string[] {
  const { newest, values = [], better } = series;
  const value = values.at(-1);
  if (newest === undefined || value === undefined || (value >= newest.low && value <= newest.high)) return [];
  // Where hardly anything scatters, next to nothing is unexpected.
  if (Math.abs(value - newest.expected) < WORTH_SAYING * Math.abs(newest.expected)) return [];
  const above = value > newest.high;
  const sign = above === (better === 'lower') ? '▲ worse' : '▽ better';
  return [
    `  ${sign}: the newest, ${quantity(series, value)}, is ${above ? 'above' : 'below'} what was expected, ${quantity(series, newest.low)} to ${quantity(series, newest.high)} by the ${newest.basis} before it at this level; more runs decide`,
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
