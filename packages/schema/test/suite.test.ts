import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSuite, measurementOf, type Probe, paramPoints, SuiteError, suite } from '../src/index.js';

const probe: Probe = {
  kind: 'bench',
  params: {},
  measure: async (context) =>
    measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: 1 },
      startedAt: '2025-01-01T00:00:00Z',
      elapsed: 1,
      seed: context.seed,
      status: 'ok',
    }),
};

describe('suite', () => {
  it('is a plain value that holds the probes by name', () => {
    const probes = { get: probe };
    const made = suite('cache', probes);
    expect(made).toEqual({ schema: 'perf/suite@1', name: 'cache', probes: { get: probe } });
    expect(made.probes).not.toBe(probes);
    expect(isSuite(made)).toBe(true);
  });

  it.each(['', '  '])('refuses the blank name "%s"', (name) => {
    expect(refusal(() => suite(name, { get: probe }))).toBe('suite/name');
  });

  it('refuses a probe with a blank name', () => {
    expect(refusal(() => suite('cache', { ' ': probe }))).toBe('suite/name');
  });

  it('refuses to be empty', () => {
    expect(refusal(() => suite('cache', {}))).toBe('suite/empty');
  });

  it('refuses a bare function, and says what to wrap it in', () => {
    const bare = (() => 1) as unknown as Probe;
    expect(refusal(() => suite('cache', { get: bare }))).toBe('suite/probe');
    expect(() => suite('cache', { get: bare })).toThrow(/"get" in suite "cache" is no probe/);
  });
});

it.each([null, undefined, 1, 'suite', {}, { schema: 'perf/run@1' }])('%j is no suite', (value) => {
  expect(isSuite(value)).toBe(false);
});

describe('paramPoints', () => {
  it('gives one empty point for a probe without parameters', () => {
    expect(paramPoints({})).toEqual([{}]);
  });

  it('gives every combination in the order in which they are written', () => {
    expect(paramPoints({ size: [1, 2], warm: [true, false] })).toEqual([
      { size: 1, warm: true },
      { size: 1, warm: false },
      { size: 2, warm: true },
      { size: 2, warm: false },
    ]);
  });

  it('gives as many points as the product of the values, each once', () => {
    const values = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 4 });
    const space = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), values, { noNullPrototype: true });
    fc.assert(
      fc.property(space, (given) => {
        const points = paramPoints(given);
        const product = Object.values(given).reduce((count, list) => count * list.length, 1);
        expect(points.length).toBe(product);
        expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(product);
      }),
    );
  });

  it('refuses a parameter without values', () => {
    expect(refusal(() => paramPoints({ size: [] }))).toBe('suite/params');
  });
});

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(SuiteError);
    return (error as SuiteError).code;
  }
  throw new Error('It was accepted.');
}

describe('parameters and names that no report can hold', () => {
  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [1n], [{ a: 1 }]])(
    'refuses the value %s',
    (value) => {
      // @ts-expect-error not a value of a parameter
      expect(() => paramPoints({ x: [1, value] })).toThrow(expect.objectContaining({ code: 'suite/params' }));
    },
  );

  it('refuses more combinations than anybody can measure, before it makes them', () => {
    const values = Array.from({ length: 300 }, (_, index) => index);
    expect(() => paramPoints({ a: values, b: values, c: values })).toThrow('27000000 combinations');
  });

  it('refuses names of more than 500 characters', () => {
    const probe = { kind: 'test', params: {}, measure: () => Promise.reject(new Error('never')) };
    expect(() => suite('x'.repeat(501), { probe })).toThrow(expect.objectContaining({ code: 'suite/name' }));
    expect(() => suite('x', { ['p'.repeat(501)]: probe })).toThrow('501 characters');
  });
});
