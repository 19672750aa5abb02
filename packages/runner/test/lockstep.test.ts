import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { pairingFor } from '../src/index.js';
import { leadInOf, pairsIn, roundsOfBatch, undisturbed } from '../src/lockstep/turn-plan.js';
import { turnsOf } from '../src/lockstep/turns.js';
import { measureFolder } from './measuring.js';
import { project } from './project.js';

/** A perf file with one probe that can take turns. `run`: body of a function of `rounds` that gives nanoseconds. */
function livePerfFile({
  run,
  open = '',
  close = '',
}: {
  run: string;
  open?: string;
  close?: string;
}): string {
  return `import { suite } from '@perf/schema/core';
import { measurementOf } from '@perf/schema/core';
export default suite('x', { one: {
  kind: 'test', params: {},
  measure: async (context) => { throw new Error('It was to take turns.'); },
  open: async (context) => {
    ${open}
    return {
      operations: 1,
      run: (rounds) => { ${run} },
      finish: async ({ rounds, times }) => measurementOf({
        probe: context.probe, process: { index: context.processIndex, pid: process.pid },
        startedAt: new Date().toISOString(), elapsed: 1, seed: context.seed, status: 'ok',
        metrics: [{ name: 'time', unit: 'ns', better: 'lower', value: 1, samples: times.map((time) => time / rounds), judged: true }],
      }),
      close: async () => { ${close} },
    };
  },
} });
`;
}

/** Spins for so many microseconds a round, and gives the time that it took. */
const spin = (us: number) =>
  `const from = performance.now(); const until = from + rounds * ${us / 1000}; while (performance.now() < until); return (performance.now() - from) * 1e6;`;

const inTurns = async (roots: readonly string[], method: 'lockstep' | 'one-process', pairs = 2) => ({
  pairing: await pairingFor(
    roots.map((root) => ({ label: root, root, files: [] })),
    method === 'lockstep' ? 'auto' : method,
  ),
  nextStep: (_: unknown, { a }: { a: readonly Measurement[] }) =>
    a.length < pairs ? ({ do: 'pair', round: 1, timeMs: 30 } as const) : ({ do: 'stop' } as const),
});

async function pairsOf(
  files: readonly [string, string],
  method: 'lockstep' | 'one-process' = 'lockstep',
  more = {},
) {
  const roots = files.map((text) => project({ 'x.perf.mjs': text }));
  const variants = roots.map((root, index) => ({
    label: 'ab'[index] as string,
    root,
    files: [join(root, 'x.perf.mjs')],
  }));
  const { measurements, events } = await measureFolder(roots[0] as string, {
    variants,
    inTurns: await inTurns(roots, method),
    ...more,
  });
  const of = (variant: number) =>
    events.flatMap((event) =>
      event.type === 'measured' && event.variant === variant ? [event.measurement] : [],
    );
  return { a: of(0), b: of(1), measurements };
}

const samplesOf = (measurement: Measurement | undefined) => measurement?.metrics[0]?.samples ?? [];
const median = (values: readonly number[]) =>
  values.toSorted((x, y) => x - y)[values.length >> 1] ?? Number.NaN;

describe.each(['lockstep', 'one-process'] as const)('a pair by %s', (method) => {
  it('gives each side as many samples as the other, in pairs', async () => {
    const { a, b } = await pairsOf(
      [livePerfFile({ run: spin(100) }), livePerfFile({ run: spin(200) })],
      method,
    );
    expect(a.map(({ process, status }) => `${process.index} ${status}`).slice(0, 2)).toEqual([
      '0 ok',
      '1 ok',
    ]);
    for (const [index, before] of a.entries()) {
      const after = b[index];
      expect(samplesOf(before).length).toBeGreaterThanOrEqual(5);
      expect(samplesOf(after).length).toBe(samplesOf(before).length);
      expect(before.pairing).toEqual(after?.pairing);
      expect(before.pairing).toMatchObject({ method, round: 1, batches: samplesOf(before).length });
      const ratios = samplesOf(before).map((time, at) => (samplesOf(after)[at] as number) / time);
      expect(median(ratios)).toBeCloseTo(2, 1);
      expect(before.process.pid === after?.process.pid).toBe(method === 'one-process');
    }
  });

  it('tells which side threw, with its words, and stops the other at once', async () => {
    const { a, b } = await pairsOf(
      [livePerfFile({ run: spin(100) }), livePerfFile({ run: "throw new Error('too old a fish');" })],
      method,
    );
    expect(b[0]).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('too old a fish') },
    });
    expect(a[0]?.status).toBe('failed');
    if (method === 'lockstep') expect(a[0]?.error?.code).toBe('runner/partner-gone');
  });

  it('clears up, also when it failed', async () => {
    const closing = "console.error('closed'); process.exitCode = 0; throw new Error('while closing');";
    const { a } = await pairsOf(
      [livePerfFile({ run: spin(100), close: closing }), livePerfFile({ run: spin(100) })],
      method,
    );
    expect(a[0]).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('while closing') },
    });
  });
});

describe('a pair in lockstep', () => {
  it('never runs both at once', async () => {
    // Each run writes when it began and ended by the machine's clock, which both processes share.
    const log = `const at = () => Number(process.hrtime.bigint() / 1000n); globalThis.log ??= []; const begin = at(); const until = performance.now() + 0.3; while (performance.now() < until); globalThis.log.push([begin, at()]); return 300000;`;
    const tells = 'context.tell({ doing: JSON.stringify(globalThis.log?.slice(-20) ?? []), figures: {} });';
    const file = livePerfFile({ run: log }).replace(
      'metrics: [',
      `...(() => { ${tells} return {}; })(), metrics: [`,
    );
    const spans: [number, number][] = [];
    await pairsOf([file, file], 'lockstep', {
      onNews: (_: unknown, { doing }: { doing?: string }) =>
        spans.push(...(JSON.parse(doing ?? '[]') as [number, number][])),
    });
    const ordered = spans.toSorted((x, y) => x[0] - y[0]);
    expect(ordered.length).toBeGreaterThan(20);
    for (const [index, span] of ordered.entries()) {
      if (index > 0) expect(span[0]).toBeGreaterThanOrEqual((ordered[index - 1] as [number, number])[1]);
    }
  });

  it('runs both on the CPU that it names', async () => {
    const cpus =
      "const { readFileSync } = await import('node:fs'); globalThis.list = () => /Cpus_allowed_list:\\s*(\\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];";
    const during = `globalThis.during = globalThis.list(); ${spin(100)}`;
    const file = livePerfFile({ open: cpus, run: during }).replace(
      "status: 'ok',",
      "status: 'ok', warnings: [{ code: 'cpus', message: globalThis.during }],",
    );
    const { a, b } = await pairsOf([file, file]);
    for (const { warnings, pairing } of [...a, ...b]) {
      expect(warnings).toEqual([{ code: 'cpus', message: String(pairing?.cpu) }]);
    }
  });

  it('tells of a crash on one side, and does not wait for it', async () => {
    const { a, b } = await pairsOf([
      livePerfFile({
        run: "globalThis.runs = (globalThis.runs ?? 0) + 1; if (globalThis.runs > 500) process.kill(process.pid, 'SIGKILL'); return rounds * 1000;",
      }),
      livePerfFile({ run: spin(50) }),
    ]);
    expect(a[0]).toMatchObject({ status: 'crashed', error: { signal: 'SIGKILL' } });
    expect(b[0]).toMatchObject({ status: 'failed', error: { code: 'runner/partner-gone' } });
  });

  it('kills a side that hangs at its deadline', async () => {
    const hangs = livePerfFile({
      run: 'globalThis.runs = (globalThis.runs ?? 0) + 1; if (globalThis.runs > 300) for (;;); return rounds * 1000;',
    });
    const { a } = await pairsOf([hangs, livePerfFile({ run: spin(50) })], 'lockstep', { deadlineMs: 1500 });
    expect(a[0]).toMatchObject({ status: 'timed-out' });
  });

  it('ends with the run when it is interrupted in its turns', async () => {
    const stop = new AbortController();
    const slow = livePerfFile({ run: spin(2000) });
    const measuring = pairsOf([slow, slow], 'lockstep', {
      signal: stop.signal,
      inTurns: {
        pairing: await pairingFor(
          [
            { label: 'a', root: '/', files: [] },
            { label: 'b', root: '/', files: [] },
          ],
          'auto',
        ),
        nextStep: () => ({ do: 'pair', round: 1, timeMs: 20_000 }),
      },
    });
    await sleep(1500);
    stop.abort();
    expect((await measuring).measurements).toEqual([]);
  });
});

describe('turnsOf', () => {
  it('gives every pair one turn of each side, in an order that the seed repeats and that is not always the same', () => {
    const turns = turnsOf(5, 400);
    const pairs = Array.from({ length: 400 }, (_, index) => turns.slice(2 * index, 2 * index + 2).join(''));
    expect(new Set(pairs)).toEqual(new Set(['ab', 'ba']));
    const first = pairs.filter((pair) => pair === 'ab').length;
    expect(first).toBeGreaterThan(150);
    expect(first).toBeLessThan(250);
    expect(turnsOf(5, 400)).toEqual(turns);
    expect(turnsOf(6, 400)).not.toEqual(turns);
  });
});

describe('undisturbed', () => {
  const side = (times: number[], preempted: boolean[]) => ({ times, preempted });

  it('leaves out a batch of both sides where either was interrupted', () => {
    const turns = {
      a: side([1, 2, 3, 4, 5], [false, true, false, false, false]),
      b: side([11, 12, 13, 14, 15], [false, false, false, true, false]),
    };
    expect(undisturbed(turns)).toEqual({ times: { a: [1, 3, 5], b: [11, 13, 15] }, leftOut: 2 });
  });

  it('keeps all where most are interrupted: then that is how it runs', () => {
    const all = side([1, 2, 3], [true, true, false]);
    expect(undisturbed({ a: all, b: all }).leftOut).toBe(0);
  });
});

it('a batch has as many rounds on both sides, and takes about 0.6 ms in the middle of both', () => {
  expect(roundsOfBatch({ a: 1000, b: 1000 })).toBe(600);
  expect(roundsOfBatch({ a: 100, b: 10_000 })).toBe(600);
  expect(roundsOfBatch({ a: 1e9, b: 1e9 })).toBe(1);
});

/** A perf file whose measurement says with which flags of Node its process runs. */
const flagged = livePerfFile({ run: spin(50) }).replace(
  "name: 'time', unit: 'ns'",
  "name: process.execArgv.join(' '), unit: 'ns'",
);

it('has both sides collected alike, and the flags of a variant have the last word', async () => {
  const root = project({ 'x.perf.mjs': flagged });
  const variant = { root, files: [join(root, 'x.perf.mjs')] };
  const { measurements } = await measureFolder(root, {
    variants: [
      { ...variant, label: 'a' },
      { ...variant, label: 'b', execArgv: ['--min-semi-space-size=2'] },
    ],
    inTurns: await inTurns([root, root], 'lockstep', 1),
  });
  const alike = '--single-threaded-gc --min-semi-space-size=16';
  expect(new Set(measurements.map(({ metrics }) => metrics[0]?.name))).toEqual(
    new Set([alike, `${alike} --min-semi-space-size=2`]),
  );
});

it('warms each side up for its own 0.15 ms before a batch, and plans for the time that takes', () => {
  const roundNs = { a: 1_000, b: 70_000 };
  expect(leadInOf(roundNs)).toEqual({ a: 150, b: 2 });
  expect(leadInOf({ a: 200_000, b: 150_000 })).toEqual({ a: 0, b: 1 });
  // 10 rounds of each and the lead-ins: 160 µs and 840 µs.
  expect(pairsIn(100, 10, roundNs, 1)).toBe(100);
});
