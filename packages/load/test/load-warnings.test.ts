import { describe, expect, it } from 'vitest';
import { LoadRecorder } from '../src/recording/load-recorder.js';
import { loadWarnings } from '../src/result/load-warnings.js';
import { arrivals, constant } from '../src/shapes/constant.js';

/** A load of a thousand operations that took 10 ms each. */
function observed(changes: { lagMs?: number; ownLagMs?: number; utilization?: number; remote?: boolean }) {
  const { lagMs = 0, ownLagMs = 0, utilization, remote = true } = changes;
  const recorder = new LoadRecorder();
  const stage = recorder.begin();
  for (let index = 0; index < 1000; index += 1) {
    stage.started(lagMs, ownLagMs);
    stage.succeeded(10 + lagMs, 10);
  }
  recorder.end(stage);
  return {
    date: '2026-01-01T00:00:00.000Z',
    startedAt: 0,
    shape:
      utilization === undefined
        ? arrivals({ rate: 1, seconds: 1 })
        : constant({ concurrency: 1, seconds: 1 }),
    cut: false,
    maxInFlight: 7,
    remote,
    course: { stages: [], capped: lagMs > ownLagMs },
    recorder,
    timeline: { at: [], series: [] },
    resources:
      utilization === undefined
        ? {}
        : { eventLoopUtilization: { unit: 'ratio' as const, scope: 'process' as const, value: utilization } },
  };
}
const codes = (changes: Parameters<typeof observed>[0]) =>
  loadWarnings(observed(changes)).map(({ code }) => code);

describe('the generator', () => {
  it('is blamed for lag of its own that shows in the latency', () => {
    expect(codes({ lagMs: 5, ownLagMs: 5 })).toEqual(['load/generator-late']);
    expect(codes({ lagMs: 0.5, ownLagMs: 0.5 })).toEqual([]);
  });

  it('is not blamed for arrivals that waited for a place', () => {
    expect(codes({ lagMs: 500, ownLagMs: 0.1 })).toEqual(['load/in-flight-cap']);
  });

  it('is blamed in the closed model when it was busy all the time and the target is elsewhere', () => {
    expect(codes({ utilization: 0.99 })).toEqual(['load/generator-late']);
    expect(codes({ utilization: 0.5 })).toEqual([]);
    expect(codes({ utilization: 0.99, remote: false })).toEqual([]);
  });
});
