import { describe, expect, it } from 'vitest';
import { MemoryLeakDetector } from '../src/index.js';

async function watched(work: () => unknown, checkpoints = 12): Promise<MemoryLeakDetector> {
  const detector = new MemoryLeakDetector();
  await detector.start();
  for (let step = 0; step < checkpoints; step += 1) {
    work();
    await detector.checkpoint();
  }
  detector.stop();
  return detector;
}

function verdictOn(detector: MemoryLeakDetector, resource: string): string | undefined {
  return detector.report().findings.find((finding) => finding.resource === resource)?.verdict;
}

describe('MemoryLeakDetector', () => {
  it('finds what a program keeps from checkpoint to checkpoint', async () => {
    const kept: unknown[] = [];
    const detector = await watched(() => kept.push(new Array(50_000).fill(1)));
    expect(verdictOn(detector, 'heap')).toBe('leaking');
    expect(detector.toString()).toMatch(/^heap: leaking, 4\d{5}/);
  });

  it('finds nothing in a program that keeps nothing', async () => {
    const detector = await watched(() => new Array(50_000).fill(1).length);
    expect(detector.report().findings.map(({ verdict }) => verdict)).not.toContain('leaking');
  });

  it('keeps its labels, and reports before it is stopped', async () => {
    const detector = new MemoryLeakDetector();
    await detector.start();
    const held = await detector.checkpoint('after the first job');
    expect(held.heap).toBeGreaterThan(0);
    expect(detector.report().readings.map(({ label }) => label)).toEqual(['start', 'after the first job']);
    expect(detector.report().findings.every(({ verdict }) => verdict === 'undecided')).toBe(true);
  });

  it('takes concurrent checkpoints in turn, and refuses those beyond its capacity without a trace', async () => {
    const detector = new MemoryLeakDetector({ capacity: 2 });
    await detector.start();
    await detector.checkpoint('first');
    const ends = await Promise.allSettled([detector.checkpoint('second'), detector.checkpoint('third')]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(ends[1]).toMatchObject({ reason: { code: 'leak/detector-state' } });
    expect(detector.report().readings.map(({ label }) => label)).toEqual(['start', 'first', 'second']);
  });

  it('numbers checkpoints that are asked for at once, also before the start is done', async () => {
    const detector = new MemoryLeakDetector();
    await Promise.all([detector.start(), detector.checkpoint(), detector.checkpoint()]);
    expect(detector.report().readings.map(({ label }) => label)).toEqual(['start', '1', '2']);
  });

  it('keeps what is under way at its stop out of the next start, and takes nothing that waits', async () => {
    const detector = new MemoryLeakDetector();
    await detector.start();
    const running = detector.checkpoint('under way');
    const waiting = detector.checkpoint('waiting');
    await new Promise((resolve) => setImmediate(resolve));
    detector.stop();
    const [first, second] = await Promise.allSettled([running, waiting, detector.start()]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(detector.report().readings.map(({ label }) => label)).toEqual(['start']);
  });

  it('refuses to be used out of order, or beyond its capacity', async () => {
    const detector = new MemoryLeakDetector({ capacity: 1 });
    const refusal = { code: 'leak/detector-state' };
    expect(() => detector.report()).toThrow(expect.objectContaining(refusal));
    expect(() => detector.stop()).toThrow(expect.objectContaining(refusal));
    expect(String(detector)).toBe('not started');
    await expect(detector.checkpoint()).rejects.toMatchObject(refusal);
    await detector.start();
    await expect(detector.start()).rejects.toMatchObject(refusal);
    await detector.checkpoint();
    await expect(detector.checkpoint()).rejects.toMatchObject(refusal);
    expect(() => new MemoryLeakDetector({ capacity: 0 })).toThrow(
      expect.objectContaining({ code: 'leak/option' }),
    );
  });
});
