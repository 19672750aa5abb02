import { describe } from './vitest/describe.js';
import { afterAll, afterEach, beforeAll, beforeEach } from './vitest/hooks.js';
import { it } from './vitest/tests.js';

// Where a project's configuration says `globals: true`, files import `bench` and find these.
Object.assign(globalThis, {
  describe,
  suite: describe,
  it,
  test: it,
  beforeAll,
  beforeEach,
  afterEach,
  afterAll,
});

export { bench } from './vitest/bench.js';
export {
  aroundAll,
  aroundEach,
  assert,
  assertType,
  BenchmarkRunner,
  chai,
  createExpect,
  EvaluatedModules,
  expect,
  expectTypeOf,
  inject,
  onTestFailed,
  onTestFinished,
  recordArtifact,
  Snapshots,
  should,
  TestRunner,
  vi,
  vitest,
} from './vitest/without-counterpart.js';
export { afterAll, afterEach, beforeAll, beforeEach, describe, describe as suite, it, it as test };
