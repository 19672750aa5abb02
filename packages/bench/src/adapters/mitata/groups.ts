import { isThenable } from '@perf/schema/core';
import { perCollection } from '../collection.js';

/** The group that benchmarks are registered in now; it names their suite. */
const groups: () => { current: string | undefined } = perCollection(() => ({ current: undefined }));

/** Name of the group that the file is in, undefined outside of all. */
export function currentGroup(): string | undefined {
  return groups().current;
}

type Body = () => unknown;

/** Registers what its function registers under a name. Without one, the name around it holds. */
export function group(name: string | Body, body?: Body): unknown {
  return typeof name === 'function' ? within(currentGroup(), name) : within(name, body as Body);
}

/** How results are drawn is perfkit's own: these four and `compact` run their function and change nothing. */
export const boxplot = (body: Body): unknown => within(currentGroup(), body);
export const barplot = (body: Body): unknown => within(currentGroup(), body);
export const lineplot = (body: Body): unknown => within(currentGroup(), body);
export const summary = (body: Body): unknown => within(currentGroup(), body);
export const compact = (body: Body): unknown => within(currentGroup(), body);

function within(name: string | undefined, body: Body): unknown {
  const state = groups();
  const before = state.current;
  state.current = name === undefined ? undefined : String(name);
  const leave = () => {
    state.current = before;
  };
  const result = body();
  if (isThenable(result)) return result.then(leave);
  leave();
  return undefined;
}
