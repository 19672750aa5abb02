import { unsupported } from '../unsupported.js';

const REMEDY = 'Benchmarks are run here without a test around them: keep assertions and mocks in tests.';
const missing = (name: string): never => unsupported('vitest', name, REMEDY);

export const aroundAll: never = missing('aroundAll()');
export const aroundEach: never = missing('aroundEach()');
export const assert: never = missing('assert');
export const assertType: never = missing('assertType()');
export const BenchmarkRunner: never = missing('BenchmarkRunner');
export const chai: never = missing('chai');
export const createExpect: never = missing('createExpect()');
export const EvaluatedModules: never = missing('EvaluatedModules');
export const expect: never = missing('expect()');
export const expectTypeOf: never = missing('expectTypeOf()');
export const inject: never = missing('inject()');
export const onTestFailed: never = missing('onTestFailed()');
export const onTestFinished: never = missing('onTestFinished()');
export const recordArtifact: never = missing('recordArtifact()');
export const Snapshots: never = missing('Snapshots');
export const should: never = missing('should()');
export const TestRunner: never = missing('TestRunner');
export const vi: never = missing('vi');
export const vitest: never = missing('vitest');
