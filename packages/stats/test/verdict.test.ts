import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { severityOf, type VerdictEvidence, verdictOf } from '../src/index.js';

function verdict(low: number, high: number, more: Partial<VerdictEvidence> = {}) {
  const rest = { confidence: 0.96, pAdjusted: 0.01, threshold: 0.1, asked: 0.95 } as const;
  return verdictOf({ low, high, better: 'lower', ...rest, ...more });
}

describe('verdictOf', () => {
  test('calls an interval beyond the threshold by its side', () => {
    expect(verdict(1.11, 1.5)).toBe('regressed');
    expect(verdict(0.5, 0.9)).toBe('improved');
    expect(verdict(1.11, 1.5, { better: 'higher' })).toBe('improved');
    expect(verdict(0.5, 0.9, { better: 'higher' })).toBe('regressed');
  });

  test('calls an interval within the threshold equivalent, whatever its p', () => {
    expect(verdict(0.95, 1.05, { pAdjusted: 1 })).toBe('equivalent');
    expect(verdict(1.02, 1.05, { pAdjusted: 0.001 })).toBe('equivalent');
  });

  test('counts touching as within, on both sides and through rounding', () => {
    expect(verdict(1 / 1.2, 1.2, { threshold: 0.2 })).toBe('equivalent');
    expect(verdict(100 / 120, 120 / 100, { threshold: 0.2 })).toBe('equivalent');
    expect(verdict(1.1, 1.1)).toBe('equivalent');
  });

  test('is undecided while a bound of the threshold lies inside the interval', () => {
    expect(verdict(1.05, 1.2)).toBe('undecided');
    expect(verdict(0.8, 1.3)).toBe('undecided');
    expect(verdict(0.8, 0.95)).toBe('undecided');
  });

  test('never takes too few processes for an answer', () => {
    expect(verdict(1.5, 2, { confidence: 0.9 })).toBe('undecided');
    expect(verdict(1, 1, { confidence: 0.9 })).toBe('undecided');
  });

  test('asks the adjusted p as well, up to 1 - asked inclusive', () => {
    expect(verdict(1.5, 2, { pAdjusted: 0.051 })).toBe('undecided');
    expect(verdict(1.5, 2, { pAdjusted: 0.05 })).toBe('regressed');
    expect(verdict(1.5, 2, { pAdjusted: 0.1, asked: 0.9 })).toBe('regressed');
  });

  test('with a threshold of 0 calls every proven change', () => {
    expect(verdict(1.001, 1.002, { threshold: 0 })).toBe('regressed');
    expect(verdict(0.998, 0.999, { threshold: 0 })).toBe('improved');
    expect(verdict(1, 1.002, { threshold: 0 })).toBe('undecided');
    expect(verdict(1, 1, { threshold: 0 })).toBe('equivalent');
  });

  test('swaps with the sides, and with what is better', () => {
    const bound = fc.double({ min: 0.2, max: 5, noNaN: true });
    const swapped = { regressed: 'improved', improved: 'regressed' } as Record<string, string>;
    fc.assert(
      fc.property(bound, bound, fc.constantFrom(0, 0.05, 0.5), (x, y, threshold) => {
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        const there = verdict(low, high, { threshold });
        const back = verdict(1 / high, 1 / low, { threshold });
        expect(back).toBe(swapped[there] ?? there);
        expect(verdict(low, high, { threshold, better: 'higher' })).toBe(back);
      }),
    );
  });

  test('refuses a negative threshold', () => {
    expect(() => verdict(1, 1, { threshold: -0.1 })).toThrow(
      expect.objectContaining({ code: 'stats/out-of-range' }),
    );
  });
});

describe('severityOf', () => {
  test('grades by how many times as bad it is', () => {
    expect([1.1, 1.49, 1.5, 2, 3, 3.01].map((ratio) => severityOf(ratio, 'lower'))).toEqual([
      'minor',
      'minor',
      'moderate',
      'moderate',
      'moderate',
      'critical',
    ]);
  });

  test('takes half the throughput for twice as bad, through rounding', () => {
    expect(severityOf(0.7, 'higher')).toBe('minor');
    expect(severityOf(0.5, 'higher')).toBe('moderate');
    expect(severityOf(1 / 1.5, 'higher')).toBe('moderate');
    expect(severityOf(1 / 3, 'higher')).toBe('moderate');
    expect(severityOf(0.3, 'higher')).toBe('critical');
  });
});
