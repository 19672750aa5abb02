import { relative } from 'node:path';
import { type ProbeId, probeKey, probeTitle } from '@perf/schema';
import type { MeasurePlan } from './plan.js';
import type { PlannedProbe } from './protocol.js';
import { RunnerError } from './runner-error.js';

/** A probe of one of the variants, by the variant's index. */
export interface ChosenProbe {
  readonly variant: number;
  readonly planned: PlannedProbe;
}

/** A probe that was selected and is not measured: marked `skip` itself, or not `only` where others are. */
export interface LeftOut {
  readonly variant: number;
  readonly probe: ProbeId;
  readonly reason: 'skip' | 'only';
}

/** Names in an error, so that it stays readable [probes]. */
const SHOWN = 5;

/**
 * What of all the probes listed is measured: what is selected, without what is skipped; and where any is marked `only`,
 * selected or not, nothing else. A mark in one variant holds for the same probe in all of them.
 *
 * @throws {RunnerError} `runner/only` if one is marked so and the plan forbids it.
 */
export function chooseProbes(
  listed: readonly ChosenProbe[],
  {
    select = () => true,
    forbidOnly = false,
    variants,
  }: Pick<MeasurePlan, 'select' | 'forbidOnly' | 'variants'>,
): { chosen: ChosenProbe[]; skipped: LeftOut[] } {
  const alone = listed.filter(({ planned }) => planned.mode === 'only');
  if (forbidOnly && alone.length > 0) throw refused(alone, (index) => variants[index]?.root ?? '');
  const keysOf = (mode: PlannedProbe['mode']) =>
    new Set(
      listed.filter(({ planned }) => planned.mode === mode).map(({ planned }) => probeKey(planned.probe)),
    );
  const [only, skip] = [keysOf('only'), keysOf('skip')];
  const chosen: ChosenProbe[] = [];
  const skipped: LeftOut[] = [];
  for (const one of listed) {
    const { probe, tags = [] } = one.planned;
    if (!select(probe, one.variant, tags)) continue;
    const key = probeKey(probe);
    const reason = skip.has(key) ? 'skip' : only.size > 0 && !only.has(key) ? 'only' : undefined;
    if (reason === undefined) chosen.push(one);
    else skipped.push({ variant: one.variant, probe, reason });
  }
  return { chosen, skipped };
}

function refused(alone: readonly ChosenProbe[], rootOf: (variant: number) => string): RunnerError {
  const places = [
    ...new Set(
      alone.map(({ variant, planned }) => {
        const { suite, name } = planned.probe;
        const title = probeTitle({ ...planned.probe, suite, name, params: {} });
        return `${title} in ${relative(rootOf(variant), planned.file)}`;
      }),
    ),
  ];
  const more = places.length > SHOWN ? `, and ${places.length - SHOWN} more` : '';
  return new RunnerError(
    'runner/only',
    `Marked with only(), which would leave out every other probe: ${places.slice(0, SHOWN).join(', ')}${more}.`,
    {
      seen: places,
      remedy: 'Remove the mark. It is for working on one probe, not for what is checked in.',
    },
  );
}
