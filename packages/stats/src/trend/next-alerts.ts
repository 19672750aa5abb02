import type { Alert, ChangePoint, TrendSeries } from '@perf/schema';
import { contentId } from '@perf/schema/core';
import { severityOf } from '../severity.js';

/** An alert with what is needed to follow it from one look at the history to the next. */
export interface TrackedAlert extends Alert {
  /** '' for runs outside a repository. */
  readonly branch: string;
  /** Levels on both sides of the change when it was last seen, in the unit of the series. */
  readonly before: number;
  readonly after: number;
  /** The newest run of the series when the alert was opened, or opened again. */
  readonly newest: string;
}

/** What decides over alerts. */
export interface AlertRules {
  /** Change that still counts as equal, as a fraction >= 0. */
  readonly thresholdOf: (series: TrendSeries) => number;
  /** The time of this look, ISO 8601, UTC. */
  readonly at: string;
}

/**
 * The alerts after a look at the history.
 *
 * A change for the worse beyond the threshold opens an alert, unless the level has returned since. Once a newer run
 * shows the level still, it is `confirmed`. When the level of the last segment is back within the threshold of the one
 * before the change, it is `resolved`, also if a person `acknowledged` it. `accepted` stays: the new level is the
 * norm, and a level worse than it by more than the threshold opens another alert. The same change found again, with its place moved within its interval, is the same alert; a change no longer
 * found leaves the alert as it is, as long as the level has not returned.
 *
 * @param series - With `points`, one for each value; others are passed over. Read only.
 * @param known - All alerts so far, of any series and branch; read only.
 * @returns All of them, those that changed as new values, then the new ones. A second look at the same history changes
 *   nothing.
 *
 * Cost: O(series * (points + changes * alerts)).
 */
export function nextAlerts(
  series: readonly TrendSeries[],
  known: readonly TrackedAlert[],
  rules: AlertRules,
): TrackedAlert[] {
  const alerts = [...known];
  for (const each of series) {
    const runs = each.points?.map(({ run }) => run) ?? [];
    if (runs.length === 0) continue;
    const branch = each.branch ?? '';
    const mine = (alert: TrackedAlert) => alert.branch === branch && alert.series.includes(each.key);
    const seen = changesFor(each, runs, rules.thresholdOf(each));
    for (const [i, alert] of alerts.entries()) {
      if (mine(alert)) alerts[i] = followed(alert, { series: each, runs, seen }, rules);
    }
    for (const change of seen) {
      const covers = (alert: TrackedAlert) =>
        mine(alert) && isSame(alert, change, runs) && !exceeds(change, alert, each, rules);
      if (!change.lasting || alerts.some(covers)) continue;
      const alert = opened(each, branch, change, runs, rules);
      const isTaken = alerts.some(({ id }) => id === alert.id);
      alerts.push(isTaken ? { ...alert, id: contentId({ id: alert.id, openedAt: alert.openedAt }) } : alert);
    }
  }
  return alerts;
}

/** A change for the worse beyond the threshold. */
interface Worsening {
  readonly change: ChangePoint;
  readonly before: number;
  readonly after: number;
  /** Whether every segment since is worse than the level before. */
  readonly lasting: boolean;
}

function changesFor(series: TrendSeries, runs: readonly string[], threshold: number): Worsening[] {
  return series.changePoints.flatMap((change, i) => {
    const before = series.segments[i]?.level;
    const after = series.segments[i + 1]?.level;
    if (before === undefined || after === undefined) return [];
    if (change.index >= runs.length || !isWorse(before, after, series.better, threshold)) return [];
    const since = series.segments.slice(i + 1);
    const lasting = since.every(({ level }) => isWorse(before, level, series.better, threshold));
    return [{ change, before, after, lasting }];
  });
}

/** Beyond the band of a ratio from 1 / (1 + threshold) to 1 + threshold, also where a level is 0 or below. */
function isWorse(before: number, after: number, better: TrendSeries['better'], threshold: number): boolean {
  return better === 'lower'
    ? after - before > threshold * Math.abs(before)
    : before - after > threshold * Math.abs(after);
}

/** Whether an alert is about this change: its run lies where the change may lie, with two runs to spare. */
function isSame(alert: TrackedAlert, { change }: Worsening, runs: readonly string[]): boolean {
  const at = runs.indexOf(alert.run ?? '');
  const spare = 2;
  if (at < 0) return false;
  return (
    (at >= change.low && at <= change.high) || (at >= change.index - spare && at <= change.index + spare)
  );
}

/** Whether a level is worse than the one that a person accepted. */
function exceeds(
  { after }: Worsening,
  alert: TrackedAlert,
  series: TrendSeries,
  { thresholdOf }: AlertRules,
): boolean {
  return alert.state === 'accepted' && isWorse(alert.after, after, series.better, thresholdOf(series));
}

/** Of the changes that an alert may be about, the nearest: intervals of neighbours may overlap. */
function changeOf(
  alert: TrackedAlert,
  seen: readonly Worsening[],
  runs: readonly string[],
): Worsening | undefined {
  const at = runs.indexOf(alert.run ?? '');
  return seen
    .filter((change) => isSame(alert, change, runs))
    .sort((a, b) => Math.abs(a.change.index - at) - Math.abs(b.change.index - at))[0];
}

function followed(
  alert: TrackedAlert,
  { series, runs, seen }: { series: TrendSeries; runs: readonly string[]; seen: readonly Worsening[] },
  { thresholdOf, at }: AlertRules,
): TrackedAlert {
  const last = series.segments.at(-1)?.level;
  if (last === undefined || alert.state === 'accepted') return alert;
  const found = changeOf(alert, seen, runs);
  if (alert.state === 'resolved') {
    if (found?.lasting !== true) return alert;
    const newest = runs.at(-1) as string;
    return { ...alert, ...levelsOf(series, found), state: 'open', changedAt: at, newest };
  }
  const before = found?.before ?? alert.before;
  const returned = found?.lasting === false || !isWorse(before, last, series.better, thresholdOf(series));
  if (returned) {
    return { ...alert, state: 'resolved', changedAt: at };
  }
  if (found === undefined) return alert;
  const levels = levelsOf(series, found);
  const grew = runs.at(-1) !== alert.newest && runs.includes(alert.newest);
  return alert.state === 'open' && grew
    ? { ...alert, ...levels, state: 'confirmed', changedAt: at }
    : { ...alert, ...levels };
}

function opened(
  series: TrendSeries,
  branch: string,
  change: Worsening,
  runs: readonly string[],
  { at }: AlertRules,
): TrackedAlert {
  const run = runs[change.change.index] as string;
  const commit = series.points?.[change.change.index]?.commit;
  return {
    id: contentId({ series: series.key, branch, run }),
    series: [series.key],
    state: 'open',
    openedAt: at,
    changedAt: at,
    run,
    ...(commit === undefined ? {} : { commit }),
    branch,
    newest: runs.at(-1) as string,
    ...levelsOf(series, change),
  };
}

/** What an alert says of its change, from its latest sight. */
function levelsOf(
  { better }: TrendSeries,
  { change: { ratio, p }, before, after }: Worsening,
): Pick<TrackedAlert, 'before' | 'after' | 'ratio' | 'reason'> & Pick<Alert, 'severity'> {
  const percent = Math.abs(100 * (ratio - 1));
  const by = percent < 100_000 ? ` by ${percent.toFixed(1)} %` : '';
  return {
    before,
    after,
    ratio,
    reason: `The level ${after > before ? 'rose' : 'fell'}${by}, where ${better} is better (p ${p.toPrecision(2)}).`,
    ...(ratio > 0 ? { severity: severityOf(ratio, better) } : {}),
  };
}
