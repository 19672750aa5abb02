import type { LiveProbe, Measurement, ProbeContext } from '@perf/schema/core';
import { findProbe } from '../child/find-probe.js';
import { loadSuites } from '../loading/load-suites.js';
import { RunnerError } from '../runner-error.js';
import { Baton } from './baton.js';
import type { PairAnswer, PairNews, PairStep, PairTask } from './messages.js';
import { roundTimeAlone } from './round-time-alone.js';
import { runTurns } from './run-turns.js';
import { touchYoungSpace } from './touch-young-space.js';
import type { Side } from './turns.js';

/** The parent's side of the talk: what is told goes to it, what it says comes from it. */
export interface Talk {
  say(news: PairNews): void;
  heard(): Promise<PairStep>;
}

/**
 * Plays one side of a comparison in this process, or both: sets the probes up, runs the turns that the parent asks for,
 * and at its word measures what can be measured alone.
 *
 * @throws what the perf file or the measured code throws.
 */
export async function takePart(
  task: PairTask,
  context: Required<Pick<ProbeContext, 'signal' | 'tell'>>,
  talk: Talk,
): Promise<PairAnswer> {
  const live = new Map<Side, LiveProbe>();
  const baton = task.baton === undefined ? undefined : new Baton(task.baton);
  try {
    if (baton !== undefined) touchYoungSpace();
    const roundNs: Partial<Record<Side, number>> = {};
    for (const part of task.parts) {
      const probe = await opened(part, context);
      live.set(part.side, probe);
      roundNs[part.side] = await roundTimeAlone(probe, task.aloneMs);
    }
    talk.say({ did: 'ready', roundNs });
    for (;;) {
      const step = await talk.heard();
      if (step.do === 'turns') {
        talk.say({ did: 'turns', sides: await runTurns(live, baton, step) });
        continue;
      }
      const measurements: Partial<Record<Side, Measurement>> = {};
      for (const [side, probe] of live) {
        measurements[side] = await probe.finish(step.batches[side] ?? { rounds: 1, times: [] }, step.profile);
      }
      return { did: 'pair', measurements };
    }
  } finally {
    baton?.close();
    for (const probe of live.values()) await probe.close();
  }
}

async function opened(
  { file, context }: PairTask['parts'][number],
  live: Required<Pick<ProbeContext, 'signal' | 'tell'>>,
): Promise<LiveProbe> {
  const probe = findProbe(await loadSuites(file, context.probe), context.probe, file);
  if (probe.open === undefined) {
    throw new RunnerError('runner/no-turns', `A probe of kind ${probe.kind} cannot run in turns.`);
  }
  return probe.open({ ...context, ...live });
}
