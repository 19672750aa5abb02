import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSamples, unpackSamples } from '../src/sample-codec.js';

const decimals = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.array(fc.maxSafeInteger()))
  .map(([scale, integers]) => integers.map((integer) => Math.trunc(integer / 2 ** 20) / 10 ** scale));
const samples = fc.oneof(
  decimals,
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })),
  fc.array(fc.maxSafeInteger()),
  fc.array(fc.constantFrom(0, -0, 5e-324, -5e-324, Number.MAX_VALUE, 2 ** 53, -(2 ** 52), 0.1, 1e-9, 131.27)),
);

describe('packSamples', () => {
  it('gives back every sample bit for bit, whatever they are', () => {
    fc.assert(
      fc.property(samples, (given) => {
        const back = unpackSamples(packSamples(given));
        expect(back.length).toBe(given.length);
        expect(back.every((value, index) => Object.is(value, given[index]))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no more room than the doubles would', () => {
    fc.assert(
      fc.property(samples, (given) => {
        expect(packSamples(given).data.length).toBeLessThanOrEqual(given.length * 8);
      }),
    );
  });

  it.each([
    [[], 'dzv:0'],
    [[3, 1, -2], 'dzv:0'],
    [[131.5, 2], 'dzv:1'],
    [[131.27, -0.5, 1e6], 'dzv:2'],
    [[1e-9], 'dzv:9'],
    [[1e-10], 'f64'],
    [[1 / 3], 'f64'],
    [[-0], 'f64'],
    [[2 ** 53], 'f64'],
    [[-(2 ** 52), 2 ** 52], 'f64'],
  ])('names the smallest scale that all samples have: %j as %s', (given, codec) => {
    expect(packSamples(given).codec).toBe(codec);
  });

  it('writes differences to the sample before, zigzag, in groups of seven bits', () => {
    expect([...packSamples([1, 0, 300]).data]).toEqual([2, 1, 0b1101_1000, 0b0000_0100]);
  });
});

describe('unpackSamples', () => {
  const packed = packSamples([1, 2, 300]);

  it.each([
    ['too few bytes', { ...packed, data: packed.data.subarray(1) }],
    ['an unfinished number', { ...packed, data: packed.data.subarray(0, -1) }],
    ['another count', { ...packed, count: 2 }],
    ['a number without an end', { codec: 'dzv:0', count: 1, data: Buffer.alloc(50, 0xff) }],
    ['half a double', { codec: 'f64', count: 1, data: Buffer.alloc(4) }],
  ])('refuses %s', (_, broken) => {
    expect(() => unpackSamples(broken)).toThrow(expect.objectContaining({ code: 'store/damaged' }));
  });

  it('says so when a newer perfkit packed them', () => {
    expect(() => unpackSamples({ ...packed, codec: 'lz' })).toThrow(
      expect.objectContaining({ code: 'store/unknown-codec' }),
    );
  });
});
