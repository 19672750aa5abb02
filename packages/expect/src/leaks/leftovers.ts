import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import { openByKind } from '@perf/leak';
import type { Outcome } from '../outcome.js';
import { type Duration, durationMs, wrong } from '../quantities.js';
import { explanation, type Line } from '../words.js';
import { closingStep } from './next-step.js';
import { Origins } from './origins.js';
import { block } from './path-lines.js';

export interface LeftoverOptions {
  /** Open files, sockets and pipes, where the system lists them in /proc; default `true`, in a worker thread `false`. */
  readonly descriptors?: boolean;
  /** What keeps the event loop alive: timers, servers, sockets, children; default `true`. */
  readonly handles?: boolean;
  /** Kinds that may be left: those that hold one of these texts or match one of these expressions, such as `Timeout`. */
  readonly allow?: readonly (string | RegExp)[];
  /** Time to wait for what closes by itself; default `5s`. It is over as soon as nothing is left. */
  readonly settle?: Duration;
}

/** Idle connections of `fetch` stay open for 4 s. */
const SETTLE_MS = 5000;
const PAUSE_MS = 20;
/** Kinds that are told, most first: each file is one. */
const MOST_KINDS = 10;

/** How many are open by kind, descriptors and handles apart. */
interface Left {
  readonly descriptors: ReadonlyMap<string, number>;
  readonly handles: ReadonlyMap<string, number>;
}

/**
 * Notes what is open in this process now.
 *
 * @returns A function to call once, at the end: whether something is open that was not before, of the kinds that are
 * asked for. `shown` if so; `refuted` if not.
 * @throws {ExpectError} `expect/option`.
 *
 * Cost: a hook of `async_hooks` until then, which every promise pays for; at the end up to `settle`.
 */
export function watchLeftovers(options: LeftoverOptions = {}): () => Promise<Outcome> {
  const settleMs = settleOf(options);
  const isAllowed = allowed(options.allow);
  const asked = { descriptors: options.descriptors ?? isMainThread, handles: options.handles ?? true };
  const before = openByKind();
  const origins = new Origins();
  const left = (): Left => {
    const now = openByKind();
    return {
      descriptors: asked.descriptors ? gained(before.fd, now.fd, isAllowed) : new Map(),
      handles: asked.handles ? gained(before.handle, now.handle, isAllowed) : new Map(),
    };
  };
  return async () => {
    const until = performance.now() + settleMs;
    let last = left();
    while (last.descriptors.size + last.handles.size > 0 && performance.now() < until) {
      await pause(PAUSE_MS);
      last = left();
    }
    const places = origins.placesOf([...last.handles.keys()]);
    origins.stop();
    return outcomeOf(last, places, settleMs);
  };
}

/** How long it may wait at the end [ms]. @throws {ExpectError} `expect/option`. */
export function settleOf({ settle }: LeftoverOptions): number {
  return settle === undefined ? SETTLE_MS : durationMs('settle', settle);
}

function allowed(patterns: LeftoverOptions['allow'] = []): (kind: string) => boolean {
  const isPattern = (one: unknown) => one instanceof RegExp || (typeof one === 'string' && one !== '');
  if (!(Array.isArray(patterns) && patterns.every(isPattern)))
    throw wrong('allow', patterns, "a list such as ['Timeout', /^socket/]");
  return (kind) =>
    patterns.some((one) => (typeof one === 'string' ? kind.includes(one) : kind.search(one) !== -1));
}

function gained(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
  isAllowed: (kind: string) => boolean,
): Map<string, number> {
  const gains = Object.entries(now)
    .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
    .filter(([kind, gain]) => gain > 0 && !isAllowed(kind));
  return new Map(gains.sort(([, a], [, b]) => b - a));
}

function outcomeOf({ descriptors, handles }: Left, places: readonly string[], settleMs: number): Outcome {
  const [files, others] = [textsOf(descriptors), textsOf(handles)];
  const all = [...files, ...others];
  if (all.length === 0)
    return { state: 'refuted', compared: [], explanation: 'Nothing is open that was not open before.' };
  const kinds = [...descriptors.keys(), ...handles.keys()].slice(0, MOST_KINDS);
  const lines: Line[] = [
    ...block('descriptors', files),
    ...block('handles', others),
    ...block('opened', places.slice(0, MOST_KINDS)),
    ['waited', `${settleMs / 1000} s for them to close`],
    ...block('next', [closingStep(all), `if that is meant: { allow: ${JSON.stringify(kinds)} }`]),
  ];
  return { state: 'shown', compared: [], explanation: explanation(`Left open: ${all.join(', ')}.`, lines) };
}

function textsOf(kinds: ReadonlyMap<string, number>): string[] {
  const texts = [...kinds].map(([kind, count]) => `${kind} × ${count}`);
  const more = texts.length - MOST_KINDS;
  return more > 0 ? [...texts.slice(0, MOST_KINDS), `${more} more kinds`] : texts;
}
