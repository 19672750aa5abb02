import { type Retention, whatRetains } from '@perf/leak';
import { inTurn } from '../in-turn.js';
import type { Outcome } from '../outcome.js';
import { type Duration, durationMs } from '../quantities.js';
import { explanation } from '../words.js';
import { nextStep } from './next-step.js';
import { block, pathLines } from './path-lines.js';

export interface CollectableOptions {
  /** Time that the program has to let go of the object; default `100ms`. It is over sooner once the object is gone. */
  readonly settle?: Duration;
  /** Aborting it ends the wait. The matcher of Vitest takes the test's own. */
  readonly signal?: AbortSignal;
  /** Time that is left: where it is too short for a heap snapshot, the path is not looked for. */
  readonly within?: Duration;
}

const SETTLE_MS = 100;
/** That collecting takes, and telling what was found [ms]. */
const COLLECTING_MS = 500;

/**
 * Whether an object is collected once whoever made it has let go of it.
 *
 * - `shown`: it is.
 * - `refuted`: it is alive after several full collections; the explanation has the retaining path.
 *
 * @param make - Makes the object; a promise that it returns is awaited. It is called once.
 * @throws {LeakError} `leak/no-object` if it makes none; {ExpectError} `expect/option`; whatever the function throws.
 *
 * Cost: see `whatRetains` of `@perf/leak`.
 */
export async function collectable(
  make: () => unknown,
  { settle, signal, within }: CollectableOptions = {},
): Promise<Outcome> {
  const settleMs = settle === undefined ? SETTLE_MS : durationMs('settle', settle);
  const withinMs = within === undefined ? Number.POSITIVE_INFINITY : durationMs('within', within);
  const snapshotMs = Math.max(1, withinMs - COLLECTING_MS - 2 * settleMs);
  const limits = {
    settleMs,
    ...(Number.isFinite(snapshotMs) && { snapshotMs }),
    ...(signal !== undefined && { signal }),
  };
  const held = await inTurn(() => whatRetains(make, limits));
  if (held === undefined)
    return { state: 'shown', compared: [], explanation: 'The object is collected: nothing holds it.' };
  return { state: 'refuted', compared: [], explanation: told(held) };
}

function told({ name, path, warnings }: Retention): string {
  const what = name === 'Function' ? 'The function' : `The object of class ${name}`;
  const step = path.length === 0 ? 'give the test a longer timeout, which tells the path' : nextStep(path);
  return explanation(`${what} is not collected: something holds it.`, [
    ...pathLines('held by', path),
    ...block(
      'note',
      warnings.map(({ message }) => message),
    ),
    ['next', step],
  ]);
}
