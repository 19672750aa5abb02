import { type LoadShape, plannedSeconds } from './load-shape.js';

/** A shorter stage says little: quick profiles do not shorten one below this [s]. */
const SHORTEST_SECONDS = 0.2;

/**
 * A shape with its stages shortened.
 *
 * @param share - Part of its time that it gets, in (0, 1]; stages of a fifth of a second and below keep theirs.
 * @param withinMs - Time until the deadline [ms], less what ends a load: it is kept to even below that.
 */
export function fitToTime(shape: LoadShape, share: number, withinMs: number): LoadShape {
  const shared = shortened(shape, (seconds) =>
    Math.max(seconds * share, Math.min(seconds, SHORTEST_SECONDS)),
  );
  const plannedMs = plannedSeconds(shared) * 1000;
  if (plannedMs <= withinMs) return shared;
  const part = Math.max(withinMs, 1) / plannedMs;
  return shortened(shared, (seconds) => seconds * part);
}

function shortened(shape: LoadShape, of: (seconds: number) => number): LoadShape {
  return { ...shape, stages: shape.stages.map((stage) => ({ ...stage, seconds: of(stage.seconds) })) };
}
