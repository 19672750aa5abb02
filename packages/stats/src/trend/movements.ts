import type { Alert, ChangePoint, Severity, TrendSeries } from '@perf/schema';
import { severityOf } from '../severity.js';

/** A change for the worse of one series, followed from one look at the history to the next. */
export interface Movement {
  /** Key of the series. */
  readonly series: string;
  /** A series has one drift at a time, wherever it began: that runs move out of sight makes it no other. */
  readonly kind: 'step' | 'drift';
  readonly state: 'open' | 'confirmed' | 'resolved';
  /** The run of the first point after the change; of a drift, of its first point. */
  readonly run: string;
  /** Levels on both sides of the change when it was last seen, in the unit of the series. */
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
  readonly severity?: Severity;
  /** What was seen, in words. */
  readonly reason: string;
  /** The newest run of the series when this was opened, or opened again. */
  readonly newest: string;
}

/** A change of a series beyond its threshold. */
export interface SeenChange {
  readonly kind: 'step' | 'drift';
  readonly direction: 'worse' | 'better';
  readonly change: ChangePoint;
  readonly before: number;
  readonly after: number;
  /** Whether every segment since is on the same side of the level before, and an improvement is one over all before. */
  readonly lasting: boolean;
}

/** A drift is believed with a p of at most this: a trend is looked at more often than a comparison. */
const DRIFT_P = 0.01;

/** The changes of a series beyond its threshold: its steps, and the slope of its last level if that came to as much. */
export function changesFor(
  series: TrendSeries,
  runs: readonly string[],
  threshold: number,
): readonly SeenChange[] {
  const steps = series.changePoints.flatMap((change, i): SeenChange[] => {
    const before = series.segments[i]?.level;
    const after = series.segments[i + 1]?.level;
    if (before === undefined || after === undefined || change.index >= runs.length) return [];
    const since = series.segments.slice(i + 1);
    const direction = directionOf(before, after, series.better, threshold);
    if (direction === undefined) return [];
    // A level that was there before has returned: that is no improvement.
    const others = direction === 'worse' ? [] : series.segments.slice(0, i);
    const lasting =
      since.every(({ level }) => directionOf(before, level, series.better, threshold) === direction) &&
      others.every(({ level }) => directionOf(level, after, series.better, threshold) === direction);
    return [{ kind: 'step', direction, change, before, after, lasting }];
  });
  const drift = driftOf(series, threshold);
  return drift === undefined ? steps : [...steps, drift];
}

function driftOf(series: TrendSeries, threshold: number): SeenChange | undefined {
  const { slope, better } = series;
  const from = series.segments.at(-1)?.from;
  if (slope === undefined || from === undefined || slope.p > DRIFT_P) return undefined;
  const [before, after] = [levelAt(series, 'first'), levelAt(series, 'last')];
  const direction = directionOf(before, after, better, threshold);
  // What has become better little by little needs no one's attention.
  if (direction !== 'worse') return undefined;
  const change = { index: from, low: from, high: from, ratio: after / before, p: slope.p };
  return { kind: 'drift', direction, change, before, after, lasting: true };
}

/** The level at one end of the last segment, by its slope if it surely has one. */
function levelAt({ segments, slope }: TrendSeries, end: 'first' | 'last'): number {
  const last = segments.at(-1);
  if (last === undefined) return 0;
  if (slope === undefined || slope.p > DRIFT_P) return last.level;
  const half = (slope.perPoint * (last.to - last.from)) / 2;
  return Math.max(0, last.level * (1 + (end === 'last' ? half : -half)));
}

/** Beyond the band of a ratio from 1 / (1 + threshold) to 1 + threshold, also where a level is 0 or below. */
export function directionOf(
  before: number,
  after: number,
  better: TrendSeries['better'],
  threshold: number,
): 'worse' | 'better' | undefined {
  const rise = after - before;
  if (rise > threshold * Math.abs(before)) return better === 'lower' ? 'worse' : 'better';
  if (-rise > threshold * Math.abs(after)) return better === 'lower' ? 'better' : 'worse';
  return undefined;
}

/** Whether a change that is seen is this movement: the same drift, or a step where it may be, with two runs to spare. */
export function isSame(
  { kind, run }: Pick<Movement, 'kind' | 'run'>,
  { kind: seen, change }: SeenChange,
  runs: readonly string[],
): boolean {
  if (kind !== seen) return false;
  if (kind === 'drift') return true;
  const at = runs.indexOf(run);
  const spare = 2;
  if (at < 0) return false;
  return (
    (at >= change.low && at <= change.high) || (at >= change.index - spare && at <= change.index + spare)
  );
}

/** A movement as a series shows it for the first time. */
export function begun(series: TrendSeries, change: SeenChange, runs: readonly string[]): Movement {
  return {
    series: series.key,
    kind: change.kind,
    state: change.direction === 'better' ? 'resolved' : 'open',
    run: runs[change.change.index] as string,
    newest: runs.at(-1) as string,
    ...levelsOf(series, change),
  };
}

/** What a movement has become since the last look. */
export function followed(
  movement: Movement,
  series: TrendSeries,
  { runs, seen, threshold }: { runs: readonly string[]; seen: readonly SeenChange[]; threshold: number },
): Movement {
  if (series.segments.length === 0) return movement;
  const found = changeOf(movement, seen, runs);
  if (movement.state === 'resolved') {
    if (found?.lasting !== true || found.kind === 'drift') return movement;
    return { ...movement, ...levelsOf(series, found), state: 'open', newest: runs.at(-1) as string };
  }
  const before = found?.before ?? movement.before;
  const isWorse = directionOf(before, levelAt(series, 'last'), series.better, threshold) === 'worse';
  if (found?.lasting === false || !isWorse) return { ...movement, state: 'resolved' };
  if (found === undefined) return movement;
  const grew = runs.at(-1) !== movement.newest && runs.includes(movement.newest);
  const state = movement.state === 'open' && grew ? 'confirmed' : movement.state;
  return { ...movement, ...levelsOf(series, found), state };
}

/** Of the changes that a movement may be, the nearest: intervals of neighbours may overlap. */
function changeOf(
  movement: Movement,
  seen: readonly SeenChange[],
  runs: readonly string[],
): SeenChange | undefined {
  const at = runs.indexOf(movement.run);
  return seen
    .filter((change) => change.direction === 'worse' && isSame(movement, change, runs))
    .sort((a, b) => Math.abs(a.change.index - at) - Math.abs(b.change.index - at))[0];
}

/** What is said of a change, from its latest sight. */
function levelsOf(
  { better }: TrendSeries,
  { kind, change: { ratio, p }, before, after, direction }: SeenChange,
): Pick<Movement, 'before' | 'after' | 'ratio' | 'reason'> & Pick<Alert, 'severity'> {
  const percent = Math.abs(100 * (ratio - 1));
  const by = percent < 100_000 ? ` by ${percent.toFixed(1)} %` : '';
  const went = after > before ? 'rose' : 'fell';
  const how = kind === 'drift' ? `The level ${went} little by little${by}` : `The level ${went}${by}`;
  return {
    before,
    after,
    ratio,
    reason: `${how}, where ${better} is better (p ${p.toPrecision(2)}).`,
    ...(ratio > 0 && direction === 'worse' ? { severity: severityOf(ratio, better) } : {}),
  };
}
