import fc from 'fast-check';
import { expect, it } from 'vitest';
import { probeKey, probeTitle } from '../src/index.js';

const paramValue = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const probeId = fc.record({
  suite: fc.string({ minLength: 1 }),
  name: fc.string({ minLength: 1 }),
  kind: fc.constantFrom('bench', 'leak', 'load'),
  params: fc.dictionary(fc.string(), paramValue, { noNullPrototype: true }),
});

it('a probe key does not depend on the order of the parameters', () => {
  fc.assert(
    fc.property(probeId, (id) => {
      const params = Object.fromEntries(Object.entries(id.params).reverse());
      expect(probeKey({ ...id, params })).toBe(probeKey(id));
    }),
  );
});

it('two probes that differ in any part have different keys', () => {
  fc.assert(
    fc.property(probeId, fc.string({ minLength: 1 }), (id, more) => {
      expect(probeKey({ ...id, suite: id.suite + more })).not.toBe(probeKey(id));
      expect(probeKey({ ...id, name: id.name + more })).not.toBe(probeKey(id));
      expect(probeKey({ ...id, kind: id.kind + more })).not.toBe(probeKey(id));
      expect(probeKey({ ...id, params: { ...id.params, extra: more } })).not.toBe(
        probeKey({ ...id, params: { ...id.params, extra: `${more}.` } }),
      );
    }),
  );
});

it('the number 1, the text "1" and true are different parameters', () => {
  const keys = [1, '1', true].map((size) =>
    probeKey({ suite: 's', name: 'n', kind: 'bench', params: { size } }),
  );
  expect(new Set(keys).size).toBe(3);
});

it('text cannot move from one part of the key to the next', () => {
  const key = (suite: string, name: string) => probeKey({ suite, name, kind: 'bench', params: {} });
  expect(key('a","b', 'c')).not.toBe(key('a', 'b","c'));
});

it('a title names the parameters only where there are some', () => {
  const id = { suite: 'cache', name: 'get, hit', kind: 'bench' };
  expect(probeTitle({ ...id, params: {} })).toBe('cache › get, hit');
  expect(probeTitle({ ...id, params: { size: 10, warm: true } })).toBe(
    'cache › get, hit (size=10, warm=true)',
  );
});
