import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInterval, formatQuantity } from '../src/index.js';

describe('a quantity', () => {
  test.each([
    [131, 'ns', '131 ns'],
    [1234, 'ns', '1.23 µs'],
    [4.5e6, 'ns', '4.5 ms'],
    [2.1e9, 'ns', '2.1 s'],
    [0.253, 'ns', '0.253 ns'],
    [0, 'ns', '0 ns'],
    [512, 'bytes', '512 B'],
    [1229, 'bytes', '1.2 KiB'],
    [-2048, 'bytes', '-2 KiB'],
    [3.5 * 2 ** 20, 'bytes', '3.5 MiB'],
    [12_345, '1/s', '12.3k /s'],
    [950, '1/s', '950 /s'],
    [0.42, 'ratio', '0.42'],
    [12, 'count', '12'],
    [1_234_567, 'count', '1.23M'],
  ] as const)('of %d %s reads "%s"', (value, unit, expected) => {
    expect(formatQuantity(value, unit)).toBe(expected);
  });

  test('that rounds up to the next prefix takes it', () => {
    expect(formatQuantity(999.6, 'ns')).toBe('1 µs');
    expect(formatQuantity(999.4, 'ns')).toBe('999 ns');
    expect(formatQuantity(1023.7, 'bytes')).toBe('1 KiB');
  });

  test('is off by at most half a percent once it is printed', () => {
    const factors: Record<string, number> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (value) => {
        const [number, prefix] = formatQuantity(value, 'ns').split(' ') as [string, string];
        const printed = Number(number) * (factors[prefix] as number);
        expect(Math.abs(printed - value) / value).toBeLessThanOrEqual(0.0051);
      }),
    );
  });
});

describe('an interval', () => {
  test('has its estimate and bounds in one unit with equally many decimals', () => {
    expect(formatInterval({ estimate: 131.2, low: 129.4, high: 134 }, 'ns')).toEqual({
      estimate: '131 ns',
      bounds: '129 to 134',
      range: '129 to 134 ns',
    });
    expect(formatInterval({ estimate: 1200, low: 990, high: 1301 }, 'ns').bounds).toBe('0.99 to 1.30');
  });

  test('around nothing is as precise as it is wide', () => {
    expect(formatInterval({ estimate: 0, low: -16, high: 24 }, 'bytes').range).toBe('-16.0 to 24.0 B');
    expect(formatInterval({ estimate: 0, low: 0, high: 0 }, 'bytes').range).toBe('0 to 0 B');
  });
});
