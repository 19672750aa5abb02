import type { Timeline } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { endurance, load } from '../src/index.js';
import { trendFindings } from '../src/result/trend-findings.js';
import { context, reread, wait } from './context.js';

/** Noise of 0.5 %, the same every time. */
const noise = (index: number) => 1 + 0.005 * Math.sin(index * 12.9898);

function timelineOf(rss: (minute: number) => number | null, points = 120): Timeline {
  const at = Array.from({ length: points }, (_, index) => index * 1e9);
  const values = at.map((time, index) => {
    const value = rss(time / 6e10);
    return value === null ? null : value * noise(index);
  });
  return { at, series: [{ name: 'rss', unit: 'bytes', scope: 'target', values }] };
}

describe('the trend of an endurance load', () => {
  it('is growing for a server that keeps 10 % of its memory more each minute', () => {
    const [finding] = trendFindings(timelineOf((minute) => 1e8 * (1 + 0.1 * minute)));
    expect(finding).toMatchObject({ kind: 'trend', metric: 'rss', scope: 'target', verdict: 'growing' });
    // A fraction of the level, which is that of the middle: 1.1 times that of the start.
    expect(finding?.slope.perMinute).toBeCloseTo(0.1 / 1.1, 2);
    expect(finding?.slope.low).toBeLessThan(finding?.slope.perMinute ?? 0);
  });

  it('is falling for one that gives memory back, and not called steady', () => {
    for (const share of [0.02, 0.05, 0.2]) {
      const [finding] = trendFindings(timelineOf((minute) => 1e8 * (1 - share * minute)));
      expect(finding?.verdict).toBe('falling');
      expect(finding?.slope.high).toBeLessThan(0);
    }
  });

  it('is steady for one that levels off early, or stays', () => {
    const filling = (minute: number) => 1e8 * (minute < 0.15 ? 0.5 : 1);
    for (const shape of [filling, () => 1e8, (minute: number) => 1e8 * (1 - 0.002 * minute)]) {
      expect(trendFindings(timelineOf(shape))[0]?.verdict).toBe('steady');
    }
  });

  it('is undecided under noise that could hide as much as it asks about', () => {
    const wild = (minute: number) => 1e8 * (1 + 0.4 * Math.sin(minute * 997));
    expect(trendFindings(timelineOf(wild, 40))[0]?.verdict).toBe('undecided');
  });

  it('says nothing of a load too short to have one', () => {
    expect(trendFindings(timelineOf(() => 1e8, 9))).toEqual([]);
    expect(trendFindings(timelineOf(() => null))).toEqual([]);
    expect(trendFindings(timelineOf(() => 0))).toEqual([]);
    expect(trendFindings({ at: [], series: [] })).toEqual([]);
  });

  it('comes with the measurement', async () => {
    const probe = load(() => wait(2), endurance({ concurrency: 2, seconds: 2 }));
    const { findings, artifacts } = reread(await probe.measure(context()));
    expect(artifacts.load?.shape).toBe('endurance');
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'trend', metric: 'latency_p50', scope: 'process' }),
      expect.objectContaining({ kind: 'trend', metric: 'rss', scope: 'process' }),
    ]);
  });
});
