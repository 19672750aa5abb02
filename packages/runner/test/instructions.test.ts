import { describe, expect, it } from 'vitest';
import { type CountedProbe, instructionCounter } from '../src/index.js';
import { built } from './built.js';
import { planFor } from './measuring.js';
import { project } from './project.js';

const counter = await instructionCounter();
const missing = 'unavailable' in counter ? counter.unavailable : undefined;
if (missing !== undefined) process.stderr.write(`Counting instructions is not tested here: ${missing}\n`);

/** A probe whose rounds are so many steps of arithmetic each. */
const spinning = (steps: number) => `const open = async () => {
  let sum = 0;
  const call = () => { let own = sum; for (let i = 0; i < ${steps}; i += 1) own = (own * 31 + i) | 0; sum = own; };
  return {
    operations: 1,
    run(rounds) {
      const from = performance.now();
      for (let round = 0; round < rounds; round += 1) call();
      return (performance.now() - from) * 1e6;
    },
    close: async () => undefined,
  };
};
const probe = { kind: 'bench', params: {}, measure: () => Promise.reject(new Error('not here')), open };
const { open: _, ...without } = probe;
export default { schema: 'perf/suite@1', name: 's', probes: { spin: probe, without } };
`;

async function count(text: string, name: string): Promise<CountedProbe['count'] | undefined> {
  if ('unavailable' in counter) throw new Error(counter.unavailable);
  const { countInstructions, discover } = await built();
  const root = project({ 'x.perf.mjs': text });
  const variants = [{ label: 'x', root, files: await discover(root) }];
  const select = (probe: { readonly name: string }) => probe.name === name;
  for await (const one of countInstructions({ ...planFor(root), variants, counter, select }))
    return one.count;
  return undefined;
}

describe.skipIf(missing !== undefined)('countInstructions', () => {
  it('gives counts that repeat within 1 %, of the operation alone', { timeout: 600_000 }, async () => {
    const steps = 2000;
    const counted = await count(spinning(steps), 'spin');
    if (counted === undefined || 'unavailable' in counted) throw new Error(JSON.stringify(counted));
    const { estimate, low, high } = counted.perOperation;
    expect(counted.counts).toBeGreaterThan(1);
    expect((high - low) / estimate).toBeLessThan(0.01);
    // A step multiplies, adds, counts and compares; optimised code needs no more than some ten instructions for that.
    expect(estimate / steps).toBeGreaterThan(3);
    expect(estimate / steps).toBeLessThan(15);
  });

  it('says of a kind without rounds that there is nothing to count', async () => {
    expect(await count(spinning(1), 'without')).toEqual({
      unavailable: expect.stringContaining('cannot be counted'),
    });
  });
});

describe('counters', () => {
  it('are tried out, and say what to do where there is none', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nonexistent';
    try {
      expect(await instructionCounter()).toEqual({
        unavailable: expect.stringContaining('Install valgrind'),
      });
    } finally {
      process.env.PATH = path;
    }
  });
});
