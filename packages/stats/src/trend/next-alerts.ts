import type { Alert, TrendSeries } from '@perf/schema';
import { contentId } from '@perf/schema/core';
import {
  begun,
  changesFor,
  directionOf,
  followed,
  isSame,
  type Movement,
  type SeenChange,
} from './movements.js';

/** An alert with what is needed to follow it from one look at the history to the next. */
export interface TrackedAlert extends Alert {
  /** '' for runs outside a repository. */
  readonly branch: string;
  /** What each of its series did, at least one. */
  readonly movements: readonly Movement[];
}

/** An alert as stores hold it that were written when each was of one series. */
type StoredAlert = Omit<TrackedAlert, 'movements'> &
  Partial<Pick<TrackedAlert, 'movements'>> &
  Partial<Pick<Movement, 'before' | 'after' | 'newest'>>;

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
 * A change for the worse beyond the threshold opens an alert, unless the level has returned since; so does a slope of the
 * last level that has come to as much. Series of a branch that change at the same run share one alert. Once a newer run
 * shows a level still, it is `confirmed`. When the level of the last segment is back within the threshold of the one before
 * the change, in all of its series, it is `resolved`, also if a person `acknowledged` it. `accepted` stays: the new
 * levels are the norm, and a level worse than they are by more than the threshold opens another alert. The same change
 * found again, with its place moved within its interval, is the same alert; a change no longer found leaves the alert as
 * it is, as long as the level has not returned.
 *
 * A lasting step for the better is told once, by an alert with the `direction` `better` that is `resolved` from the
 * beginning.
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
  const alerts: TrackedAlert[] = known.map(withMovements);
  for (const each of series) {
    const runs = each.points?.map(({ run }) => run) ?? [];
    if (runs.length === 0) continue;
    const branch = each.branch ?? '';
    const threshold = rules.thresholdOf(each);
    const seen = changesFor(each, runs, threshold);
    const ofBranch = (alert: TrackedAlert) => alert.branch === branch;
    for (const [i, alert] of alerts.entries()) {
      if (!ofBranch(alert) || alert.state === 'accepted' || alert.direction === 'better') continue;
      const movements = alert.movements.map((movement) =>
        movement.series === each.key ? followed(movement, each, { runs, seen, threshold }) : movement,
      );
      alerts[i] = summed({ ...alert, movements }, rules.at);
    }
    for (const change of seen) {
      const covers = (alert: TrackedAlert) =>
        ofBranch(alert) && isCovered(alert, change, each, { runs, threshold });
      if (!change.lasting || alerts.some(covers)) continue;
      const movement = begun(each, change, runs);
      const joined = alerts.findIndex((alert) => ofBranch(alert) && isJoint(alert, change, each, runs));
      if (joined === -1) alerts.push(opened(movement, change, each, { alerts, at: rules.at }));
      else alerts[joined] = summed(join(alerts[joined] as TrackedAlert, movement), rules.at);
    }
  }
  return alerts;
}

function withMovements(alert: StoredAlert): TrackedAlert {
  const { movements, before, after, newest, ...rest } = alert;
  if (movements !== undefined) return { ...rest, movements };
  const { state, series, run = '', ratio = 1, reason, severity } = alert;
  const movement: Movement = {
    series: series[0] as string,
    kind: 'step',
    state: state === 'acknowledged' || state === 'accepted' ? 'confirmed' : state,
    run,
    before: before ?? 0,
    after: after ?? 0,
    ratio,
    reason,
    newest: newest ?? run,
    ...(severity !== undefined && { severity }),
  };
  return { ...rest, movements: [movement] };
}

/** Whether an alert knows of a change of this series; one that was accepted, if the level is not worse than that. */
function isCovered(
  alert: TrackedAlert,
  change: SeenChange,
  { key, better }: TrendSeries,
  { runs, threshold }: { runs: readonly string[]; threshold: number },
): boolean {
  if ((alert.direction ?? 'worse') !== change.direction) return false;
  return alert.movements.some((movement) => {
    if (movement.series !== key || !isSame(movement, change, runs)) return false;
    // A drift that was over and has begun again is another one.
    if (movement.kind === 'drift' && movement.state === 'resolved') return false;
    if (alert.state !== 'accepted') return true;
    return directionOf(movement.after, change.after, better, threshold) !== 'worse';
  });
}

/** Whether a change of another series happened where this alert's did, and nobody has answered it yet. */
function isJoint(
  alert: TrackedAlert,
  { change, direction }: SeenChange,
  { key }: TrendSeries,
  runs: readonly string[],
): boolean {
  if ((alert.direction ?? 'worse') !== direction || alert.series.includes(key)) return false;
  const isOpen = alert.state === 'open' || alert.state === 'confirmed' || direction === 'better';
  const at = runs.indexOf(alert.run ?? '');
  return isOpen && at >= 0 && at >= change.low && at <= change.high;
}

function join(alert: TrackedAlert, movement: Movement): TrackedAlert {
  return { ...alert, movements: [...alert.movements, movement] };
}

function opened(
  movement: Movement,
  { change, direction }: SeenChange,
  series: TrendSeries,
  { alerts, at }: { alerts: readonly TrackedAlert[]; at: string },
): TrackedAlert {
  const branch = series.branch ?? '';
  const commit = series.points?.[change.index]?.commit;
  const usual = contentId({ series: series.key, branch, run: movement.run });
  const isTaken = alerts.some(({ id }) => id === usual);
  const { state, ratio, reason, severity, run } = movement;
  return {
    id: isTaken ? contentId({ id: usual, openedAt: at, direction }) : usual,
    series: [movement.series],
    state,
    openedAt: at,
    changedAt: at,
    run,
    ...(commit === undefined ? {} : { commit }),
    ...(direction === 'better' && { direction }),
    branch,
    ratio,
    reason,
    ...(severity !== undefined && { severity }),
    movements: [movement],
  };
}

/** An alert with what its movements come to: the state that needs most attention, and the worst of them. */
function summed(alert: TrackedAlert, at: string): TrackedAlert {
  const { movements } = alert;
  const lively = movements.filter(({ state }) => state !== 'resolved');
  const told = lively.length > 0 ? lively : movements;
  const worst = told.reduce((most, each) => (farOff(each) > farOff(most) ? each : most));
  const answered = alert.state === 'acknowledged' && lively.length > 0;
  const state = answered ? alert.state : stateOf(movements);
  const more = told.length - 1;
  const reason =
    more === 0 ? worst.reason : `${worst.reason.slice(0, -1)}; so did ${more} more series at once, by less.`;
  const { severity: _, ...rest } = alert;
  const next: TrackedAlert = {
    ...rest,
    series: movements.map(({ series }) => series),
    state,
    changedAt: state === alert.state ? alert.changedAt : at,
    ratio: worst.ratio,
    reason,
    ...(worst.severity !== undefined && { severity: worst.severity }),
  };
  return next;
}

function stateOf(movements: readonly Movement[]): Movement['state'] {
  const has = (wanted: Movement['state']) => movements.some(({ state }) => state === wanted);
  return has('confirmed') ? 'confirmed' : has('open') ? 'open' : 'resolved';
}

/** How far a level went, either way. */
function farOff({ ratio }: Movement): number {
  return ratio > 0 ? Math.abs(Math.log(ratio)) : Number.POSITIVE_INFINITY;
}
