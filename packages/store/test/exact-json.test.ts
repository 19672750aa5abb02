import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactJson } from '../src/exact-json.js';

it('gives back the equal value, -0 included', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      deepStrictEqual(JSON.parse(exactJson(value)), value);
    }),
  );
  expect(JSON.parse(exactJson({ a: [-0, 0] }))).toStrictEqual({ a: [-0, 0] });
});

it('keeps a field named __proto__', () => {
  const text = '{"__proto__":{"a":1}}';
  expect(exactJson(JSON.parse(text))).toBe(text);
});

it('leaves out fields that are undefined', () => {
  expect(exactJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

it.each([
  ['NaN', Number.NaN],
  ['an infinity', Number.POSITIVE_INFINITY],
  ['a bigint', 1n],
  ['a function', () => 1],
  ['a date', new Date(0)],
  ['a map', new Map()],
])('refuses %s and says where it is', (_, value) => {
  expect(() => exactJson({ a: [1, { b: value }] })).toThrow(
    expect.objectContaining({ code: 'store/not-json', message: expect.stringContaining('a.1.b') }),
  );
});

it('refuses a hole or undefined in an array, which JSON would make null', () => {
  expect(() => exactJson([1, undefined])).toThrow(expect.objectContaining({ code: 'store/not-json' }));
});

it('refuses what is nested too deeply to be written', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 200_000; depth++) deep = [deep];
  expect(() => exactJson(deep)).toThrow(expect.objectContaining({ code: 'store/not-json' }));
});
