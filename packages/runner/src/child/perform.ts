import { type ProbeContext, paramPoints, type Suite } from '@perf/schema/core';
import { loadSuites } from '../loading/load-suites.js';
import type { Talk } from '../lockstep/take-part.js';
import type { Answer, ListedProbe, Task } from '../protocol.js';
import { findProbe } from './find-probe.js';

/** Does what the parent asked for. Rejects with what the perf file or the measured code throws. */
export async function perform(
  task: Task,
  live: Required<Pick<ProbeContext, 'signal' | 'tell'>>,
  talk: Talk,
): Promise<Answer> {
  if (task.do === 'pair') {
    const { takePart } = await import('../lockstep/take-part.js');
    return takePart(task, live, talk);
  }
  if (task.do === 'cover') {
    const { performCover } = await import('../cover/perform-cover.js');
    return { did: 'cover', coverage: await performCover(task.file, { ...task.context, ...live }) };
  }
  const suites = await loadSuites(task.file, task.do === 'list' ? undefined : task.context.probe);
  if (task.do === 'list') return { did: 'list', probes: suites.flatMap(listed) };
  const probe = findProbe(suites, task.context.probe, task.file);
  const context = { ...task.context, ...live };
  if (task.do === 'rounds') {
    const { performRounds } = await import('../instructions/perform-rounds.js');
    return { did: 'rounds', done: await performRounds(probe, context, task.rounds) };
  }
  if (task.do === 'profile') {
    const { writeProfiles } = await import('../profiling/write-profiles.js');
    return { did: 'profile', profiles: await writeProfiles(probe, context, task.files) };
  }
  return { did: 'measure', measurement: await probe.measure(context) };
}

function listed(suite: Suite): ListedProbe[] {
  return Object.entries(suite.probes).map(
    ([name, { kind, params, deadlineMs, tags, mode, fails, open }]) => ({
      suite: suite.name,
      name,
      kind,
      points: paramPoints(params),
      ...(deadlineMs !== undefined && { deadlineMs }),
      ...(Array.isArray(tags) && { tags: tags.map(String) }),
      ...(mode !== undefined && { mode }),
      ...(fails === true && { fails }),
      ...(open !== undefined && { live: true }),
    }),
  );
}
