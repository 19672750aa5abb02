import { ExpectError } from '../expect-error.js';
import { givenSubject } from '../given-subject.js';
import type { Outcome, OutcomeState, WhenUndecided } from '../outcome.js';
import { type Duration, durationMs, wrong } from '../quantities.js';
import type { Subject } from '../subject.js';
import { type Target, targetOf } from '../target.js';
import { type FunctionHuntOptions, huntHere } from './hunt-here.js';
import { huntProbe, type ProbeHuntOptions } from './hunt-probe.js';
import type { LeakEvidence, LeakResource } from './leak-evidence.js';
import { leakageText } from './leakage-text.js';

export interface LeakageOptions extends FunctionHuntOptions, ProbeHuntOptions, WhenUndecided {
  /** What counts. Default all for a probe; all but `rss` for a function, and in a worker thread without `fd`. */
  readonly resources?: readonly LeakResource[];
  /** Aborting it ends the hunt. The matchers of Vitest take the test's own. */
  readonly signal?: AbortSignal;
  /** Time that is left: a hunt for which it is too short is refused. The matchers of Vitest take the test's. */
  readonly within?: Duration;
}

const RESOURCES: readonly LeakResource[] = ['heap', 'external', 'rss', 'fd', 'handle'];
/** Of a function alone: a probe has them in its file. */
const OF_FUNCTIONS = [
  'iterations',
  'blocks',
  'warmup',
  'concurrency',
  'budget',
  'allow',
  'floorBytes',
  'timeout',
] as const;

/**
 * Whether something leaks: a function, which is called right here, or a probe of kind `leak`, which is measured in
 * fresh processes.
 *
 * - `shown`: a resource that counts is `leaking`.
 * - `refuted`: all that count are `steady` or `saturating`, which is what a cache does that fills up. Of `rss` a doubt
 *   will do unless it was asked for.
 * - `undecided`: anything else.
 *
 * @throws {ExpectError} if it could not be found out; whatever the function throws.
 *
 * Cost: some 2 to 5 s on a machine at rest, up to 20 s for slow functions; for a probe as many times that as there are
 * processes.
 */
export async function leakage(
  subject: Subject | (() => unknown),
  options: LeakageOptions = {},
): Promise<Outcome> {
  const { resources, within, undecided: _, processes, ...hunt } = options;
  checkResources(resources);
  const withinMs = within === undefined ? Number.POSITIVE_INFINITY : durationMs('within', within);
  const target = typeof subject === 'function' ? undefined : probeTarget(subject);
  if (target === undefined && processes !== undefined)
    throw wrong('processes', processes, 'it for a probe: a function stays in its process');
  if (target !== undefined) refuseOptionsOfFunctions(options);
  const hunted =
    target === undefined
      ? await huntHere(subject as () => unknown, hunt, withinMs)
      : await huntProbe(
          target,
          { ...(processes !== undefined && { processes }), signal: hunt.signal },
          withinMs,
        );
  const counting = resources ?? hunted.counting;
  const counted = hunted.evidence.filter(({ resource }) => counting.includes(resource));
  const state = stateOf(counted, resources !== undefined);
  return {
    state,
    compared: [],
    leaks: hunted.evidence,
    explanation: leakageText({ ...hunted, counting, state, target }),
  };
}

/** Pages of memory come and go by the system's own policy: a doubt about them counts where somebody asks for them. */
function stateOf(counted: readonly LeakEvidence[], isAsked: boolean): OutcomeState {
  if (counted.some(({ verdict }) => verdict === 'leaking')) return 'shown';
  const doubts = counted.filter(({ verdict }) => verdict === 'undecided');
  const isClear = counted.length > 0 && doubts.every(({ resource }) => resource === 'rss' && !isAsked);
  return isClear ? 'refuted' : 'undecided';
}

function probeTarget(subject: Subject): Target {
  const given = givenSubject(subject);
  if (given.kind === 'probe') return targetOf(given);
  throw new ExpectError(
    'expect/subject',
    `fn() names ${given.exportName} to be timed, not to be hunted for leaks.`,
    {
      seen: given.exportName,
      remedy: 'Give the function itself: expect(() => …), or a leak() probe of a perf file.',
    },
  );
}

function checkResources(resources: readonly LeakResource[] | undefined): void {
  if (resources === undefined) return;
  const isKnown = Array.isArray(resources) && resources.every((one) => RESOURCES.includes(one));
  if (!isKnown || resources.length === 0)
    throw wrong('resources', resources, `some of ${RESOURCES.join(', ')}`);
}

function refuseOptionsOfFunctions(options: LeakageOptions): void {
  const [name] = OF_FUNCTIONS.filter((one) => options[one] !== undefined);
  if (name !== undefined)
    throw wrong(name, options[name], 'it to leak() in the perf file, since the probe is measured elsewhere');
}
