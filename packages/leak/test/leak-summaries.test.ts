import type { LeakFinding, Measurement } from '@perf/schema';
import { measurementOf } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { leakSummaries } from '../src/index.js';

function measured(verdict: LeakFinding['verdict'], estimate = 10, name = 'probe'): Measurement {
  return measurementOf({
    probe: { suite: 'suite', name, kind: 'leak', params: {} },
    process: { index: 0, pid: 1 },
    startedAt: '2024-01-01T00:00:00.000Z',
    elapsed: 1,
    seed: 1,
    status: 'ok',
    findings: [
      {
        kind: 'leak',
        verdict,
        resource: 'heap',
        bytesPerIteration: { estimate, low: estimate - 1, high: estimate + 1 },
        sensitivityBytes: 8,
        ...(verdict === 'leaking' && { culprit: { path: [`held ${estimate}`] } }),
      },
    ],
  });
}

function pooled(verdicts: LeakFinding['verdict'][]): string | undefined {
  return leakSummaries(verdicts.map((verdict) => measured(verdict)))[0]?.verdict;
}

describe('leakSummaries', () => {
  it('lets one process decide alone, and the majority of several', () => {
    expect(pooled(['leaking'])).toBe('leaking');
    expect(pooled(['leaking', 'leaking', 'steady'])).toBe('leaking');
    expect(pooled(['leaking', 'undecided'])).toBe('leaking');
    expect(pooled(['steady', 'steady', 'leaking'])).toBe('steady');
    expect(pooled(['saturating', 'saturating', 'undecided'])).toBe('saturating');
  });

  it('is undecided where the processes disagree or most do not know', () => {
    expect(pooled(['leaking', 'steady'])).toBe('undecided');
    expect(pooled(['leaking', 'undecided', 'undecided'])).toBe('undecided');
    expect(pooled(['undecided'])).toBe('undecided');
  });

  it('gives few processes the widest of their intervals, and many that of their median', () => {
    const [few] = leakSummaries([measured('leaking', 10), measured('leaking', 20), measured('leaking', 30)]);
    expect(few?.bytesPerIteration).toEqual({ estimate: 20, low: 9, high: 31 });
    const [many] = leakSummaries([1, 2, 3, 4, 5, 6, 7].map((value) => measured('leaking', value)));
    expect(many).toMatchObject({ processes: 7, bytesPerIteration: { estimate: 4, low: 1, high: 7 } });
  });

  it('takes the culprit of the process that grew most', () => {
    const [summary] = leakSummaries([
      measured('leaking', 10),
      measured('leaking', 20),
      measured('steady', 30),
    ]);
    expect(summary?.culprit).toEqual({ path: ['held 20'] });
  });

  it('keeps probes apart, and leaves out what has no finding or failed', () => {
    const failed = { ...measured('leaking', 10, 'failed'), status: 'failed' as const };
    const bench = { ...measured('leaking', 10, 'bench'), findings: [] };
    const summaries = leakSummaries([
      measured('leaking', 10, 'a'),
      failed,
      bench,
      measured('steady', 0, 'b'),
    ]);
    expect(summaries.map(({ probe, verdict }) => [probe.name, verdict])).toEqual([
      ['a', 'leaking'],
      ['b', 'steady'],
    ]);
    expect(leakSummaries([])).toEqual([]);
  });
});
