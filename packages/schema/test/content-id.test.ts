import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentId } from '../src/index.js';

describe('canonicalJson', () => {
  it('writes keys in code-unit order at every depth, and lists as they are', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }, 3], a: null, Z: 'x' })).toBe(
      '{"Z":"x","a":null,"b":[{"a":2,"z":1},3]}',
    );
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('gives JSON that means the same as its argument', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('does not mutate its argument', () => {
    const value = { b: 1, a: { d: 1, c: 2 } };
    canonicalJson(value);
    expect(Object.keys(value)).toEqual(['b', 'a']);
    expect(Object.keys(value.a)).toEqual(['d', 'c']);
  });
});

describe('contentId', () => {
  it('is 24 hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(contentId(value)).toMatch(/^[0-9a-f]{24}$/);
      }),
    );
  });

  it('is equal exactly where the canonical texts are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(contentId(a) === contentId(b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  it('is the start of the SHA-256 of the canonical text, so that another program can compute it', () => {
    // printf '{"a":1}' | sha256sum
    expect(contentId({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590');
  });
});

/** The same value with the keys of every object set in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, part]) => [key, reversed(part)]));
}
