import type { Hook, HookName } from './node.js';
import { currentGroup } from './tree.js';

type AddHook = (hook: Hook, timeoutMs?: number) => void;

const adder =
  (name: HookName): AddHook =>
  (hook) => {
    currentGroup().hooks[name].push(hook);
  };

/** Once in each process, before the benchmark. */
export const beforeAll: AddHook = adder('beforeAll');
/** Once in each process, between `beforeAll` and the benchmark: not for every iteration. */
export const beforeEach: AddHook = adder('beforeEach');
export const afterEach: AddHook = adder('afterEach');
export const afterAll: AddHook = adder('afterAll');
