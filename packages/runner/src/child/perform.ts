import { type ProbeContext, paramPoints, type Suite } from '@perf/schema/core';
import { loadSuites } from '../loading/load-suites.js';
import type { Answer, ListedProbe, Task } from '../protocol.js';
import { RunnerError } from '../runner-error.js';

/** Does what the parent asked for. Rejects with what the perf file or the measured code throws. */
export async function perform(
  task: Task,
  live: Required<Pick<ProbeContext, 'signal' | 'tell'>>,
): Promise<Answer> {
  const suites = await loadSuites(task.file);
  if (task.do === 'list') return { did: 'list', probes: suites.flatMap(listed) };
  const { suite: suiteName, name } = task.context.probe;
  const probe = suites.find((suite) => suite.name === suiteName && Object.hasOwn(suite.probes, name))?.probes[
    name
  ];
  if (probe === undefined) {
    throw new RunnerError('runner/probe-vanished', `${suiteName} › ${name} is no longer in its file.`, {
      place: { file: task.file },
      remedy:
        'Names of suites and probes must not depend on time or chance, and files not change during a run.',
    });
  }
  return { did: 'measure', measurement: await probe.measure({ ...task.context, ...live }) };
}

function listed(suite: Suite): ListedProbe[] {
  return Object.entries(suite.probes).map(([name, { kind, params, deadlineMs }]) => ({
    suite: suite.name,
    name,
    kind,
    points: paramPoints(params),
    ...(deadlineMs !== undefined && { deadlineMs }),
  }));
}
