import { describe, expect, it } from 'vitest';
import { profileWork } from '../src/index.js';

function busy(): number {
  let sum = 0;
  for (let index = 1; index < 200_000; index += 1) sum += Math.sqrt(index) / (index % 7 || 1);
  return sum;
}

function list(): object[] {
  return Array.from({ length: 2000 }, (_, index) => ({ index }));
}

const kept: unknown[] = [];
async function work(): Promise<void> {
  for (let round = 0; round < 150; round += 1) {
    kept[round % 2] = [busy(), list()];
    if (round % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('both profiles of one piece of work', () => {
  it('name its functions, and say that their cost is not known', async () => {
    const { cpu, heap } = await profileWork(work);
    const overhead = { unavailable: expect.stringContaining('clock of its own') };
    expect(cpu).toMatchObject({ interval: 1_000_000, overhead });
    expect(heap).toMatchObject({ interval: 131_072, overhead });
    expect(JSON.stringify(cpu)).toContain('"functionName":"busy"');
    expect(JSON.stringify(heap)).toContain('"functionName":"list"');
  });

  it('leave the heap out where the work samples it itself', async () => {
    const { cpu, heap } = await profileWork(work, { noHeap: 'It does so itself.' });
    expect(cpu).toHaveProperty('profile.samples');
    expect(heap).toEqual({ unavailable: 'It does so itself.' });
  });

  it('throw what the work throws, and can be taken again', async () => {
    const broken = () => {
      throw new RangeError('out of luck');
    };
    await expect(profileWork(broken)).rejects.toThrow(new RangeError('out of luck'));
    expect(await profileWork(work)).toHaveProperty('heap.profile.head');
  });
});
