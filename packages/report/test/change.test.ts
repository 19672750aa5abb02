import { describe, expect, test } from 'vitest';
import { formatChange, formatChangeRange } from '../src/index.js';

describe('a change in words', () => {
  test.each([
    [1.23, 'lower', 'ns', '23 % slower'],
    [0.88, 'lower', 'ns', '12 % faster'],
    [1.042, 'lower', 'ns', '4.2 % slower'],
    [11.7, 'lower', 'ns', '11.7 × slower'],
    [0.2, 'lower', 'ns', '5.00 × faster'],
    [1.0001, 'lower', 'ns', 'the same'],
    [1.5, 'lower', 'bytes', '50 % hungrier'],
    [0.5, 'lower', 'bytes', '50 % leaner'],
    [0.7, 'higher', '1/s', '30 % slower'],
    [1.3, 'higher', '1/s', '30 % faster'],
    [1.3, 'lower', 'count', '30 % more'],
    [0.7, 'higher', 'ratio', '30 % less'],
    [0, 'lower', 'bytes', '100 % leaner'],
  ] as const)('a ratio of %d where %s is better [%s] is "%s"', (ratio, better, unit, expected) => {
    expect(formatChange(ratio, better, unit)).toBe(expected);
  });

  test('is about time unless told otherwise', () => {
    expect(formatChange(1.23, 'lower')).toBe('23 % slower');
  });
});

describe('the interval of a change', () => {
  test('is signed, since it may lie on both sides of no change', () => {
    expect(formatChangeRange(1.23, 1.18, 1.29)).toBe('+18 % to +29 %');
    expect(formatChangeRange(1.042, 0.99, 1.097)).toBe('-1.0 % to +9.7 %');
    expect(formatChangeRange(1, 1, 1)).toBe('0.0 % to 0.0 %');
  });

  test('of a huge change is in factors of the same direction', () => {
    expect(formatChangeRange(11.7, 10.9, 12.6)).toBe('10.9 × to 12.6 ×');
    expect(formatChangeRange(0.2, 0.16, 0.25)).toBe('4.00 × to 6.25 ×');
  });
});
