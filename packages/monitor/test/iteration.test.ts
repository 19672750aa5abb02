import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Monitor, monitor, type Sample } from '../src/index.js';
import { Readings } from '../src/readings.js';

const onLinux = process.platform === 'linux';

function started(options: Parameters<typeof monitor>[0]): Monitor {
  const observation = monitor(options);
  onTestFinished(() => void observation.stop());
  return observation;
}

/** Files of the kernel's that this process holds open. */
function keptFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return /^\/proc\/\d+\/(io|statm|fd)$|^\/proc\/(stat|pressure)/.test(path) ? [path] : [];
    } catch {
      return [];
    }
  });
}

describe('iterating a monitor', () => {
  it('gives samples in order, each with the time since the one before', async () => {
    const samples: Sample[] = [];
    for await (const sample of started({ intervalMs: 10 })) {
      samples.push(sample);
      if (samples.length === 4) break;
    }
    for (const [index, { at, span, dropped }] of samples.entries()) {
      expect(at - (samples[index - 1]?.at ?? 0)).toBeCloseTo(span, 0);
      expect(dropped).toBe(0);
    }
  });

  it.runIf(onLinux)('gives everything back when it is left early, and keeps its summary', async () => {
    const before = keptFiles();
    const observation = started({ intervalMs: 10 });
    expect(keptFiles().length).toBeGreaterThan(before.length + 3);
    for await (const sample of observation) {
      expect(sample.span).toBeGreaterThan(0);
      break;
    }
    expect(keptFiles()).toEqual(before);
    const { samples } = observation.summary();
    await sleep(50);
    expect(observation.summary().samples).toBe(samples);
    expect(samples).toBeGreaterThan(0);
  });

  it('ends when the monitor is stopped, with the last sample; then there is nothing to iterate', async () => {
    const observation = started({ intervalMs: 86_400_000 });
    const seen: Sample[] = [];
    const iterated = (async () => {
      for await (const sample of observation) seen.push(sample);
    })();
    await sleep(5);
    await observation.stop();
    await iterated;
    expect(seen).toHaveLength(1);
    expect(await observation[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });

  it('lets go of the oldest samples of one who is slow, says how many, and counts them all the same', async () => {
    const observation = started({ intervalMs: 10, maxQueued: 3 });
    const iterator = observation[Symbol.asyncIterator]();
    while (observation.summary().samples < 8) await sleep(10);
    const summary = await observation.stop();
    const taken: Sample[] = [];
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      taken.push(next.value);
    expect(taken).toHaveLength(3);
    expect(taken.map(({ dropped }) => dropped)).toEqual([summary.samples - 3, 0, 0]);
    expect(summary.dropped).toBe(summary.samples - 3);
    expect(taken.at(-1)?.at).toBe(summary.duration);
  });

  it('goes on for others when one has had enough', async () => {
    const observation = started({ intervalMs: 10 });
    const staying = observation[Symbol.asyncIterator]();
    for await (const sample of observation) if (sample.at > 0) break;
    const before = observation.summary().samples;
    while (observation.summary().samples < before + 2) await sleep(10);
    expect((await staying.next()).done).toBe(false);
    await staying.return?.();
    expect((await staying.next()).done).toBe(true);
    const { samples } = observation.summary();
    await sleep(30);
    expect(observation.summary().samples).toBe(samples);
  });
});

describe('readings', () => {
  it('leave out for a while what takes long to read, and give it for the whole time when it is due again', async () => {
    let reads = 0;
    const slow = {
      figures: [{ name: 'steal', unit: 'ns', scope: 'machine', kind: 'counter', otherwise: 'none' }],
      read(into: Float64Array, at: number) {
        const until = process.hrtime.bigint() + 2_000_000n;
        while (process.hrtime.bigint() < until);
        reads += 1;
        into[at] = reads;
      },
      close: () => undefined,
    } as const;
    const readings = new Readings([slow], 0.02);
    readings.next();
    readings.next();
    expect(readings.values[0]).toBeNaN();
    expect(readings.reason(0)).toMatch(/takes long/);
    expect(reads).toBe(2);
    while (reads < 3) {
      await sleep(20);
      readings.next();
    }
    expect(readings.values[0]).toBe(1);
    expect(readings.spans[0]).toBeGreaterThanOrEqual(99e6);
  });
});
