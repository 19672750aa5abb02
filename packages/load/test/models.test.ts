import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { arrivals, constant, load, peak, ramp, scale, stress } from '../src/index.js';
import { context, metricIn, wait } from './context.js';

/** Busy for so long [ms]. */
function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const histogramOf = (text: string | undefined) => decodeFromCompressedBase64(text ?? '');

describe('the closed model', () => {
  it("keeps to Little's law: throughput times mean latency is the number in flight", async () => {
    for (const concurrency of [1, 10, 100]) {
      const seconds = 0.4;
      const shape = constant({ concurrency, seconds });
      const measurement = await load(() => wait(20), shape).measure(context());
      const histogram = histogramOf(measurement.artifacts.histogram?.response);
      const inFlight = (metricIn(measurement, 'throughput').value * histogram.mean) / 1e9;
      // At most all the time of the stage and the rest of each one's last call; a busy machine leaves gaps in it.
      expect(inFlight / concurrency).toBeLessThan(1 + histogram.maxValue / 1e9 / seconds);
      expect(inFlight / concurrency).toBeGreaterThan(0.75);
    }
  });

  it.each([
    ['never waits', async () => spin(0.3)],
    ['is synchronous', () => spin(0.3)],
    ['waits nearly as long as the stage', () => wait(150)],
  ])(
    'counts the work of the stage as throughput, no more and no less, where a function %s',
    async (_, fn) => {
      for (const concurrency of [1, 50]) {
        const seconds = 0.2;
        const measurement = await load(fn, constant({ concurrency, seconds })).measure(context());
        const operations = measurement.artifacts.load?.stages[0]?.operations ?? 0;
        const counted = metricIn(measurement, 'throughput').value * seconds;
        expect(counted).toBeLessThanOrEqual(operations);
        expect(counted).toBeGreaterThan(operations - concurrency);
      }
    },
  );

  it('never has more in flight than asked, and as many', async () => {
    let inFlight = 0;
    let most = 0;
    const fn = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await wait(2);
      inFlight -= 1;
    };
    await load(fn, constant({ concurrency: 7, seconds: 0.1 })).measure(context());
    expect(most).toBe(7);
    most = 0;
    await load(fn, ramp({ from: 1, to: 9, seconds: 0.5 })).measure(context());
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(9);
    expect(inFlight).toBe(0);
  });

  it('goes through the stages of a peak, and ends each before the next', async () => {
    const shape = peak({ from: 1, to: 5, seconds: 0.5 });
    const { artifacts } = await load(() => wait(3), shape).measure(context());
    const stages = artifacts.load?.stages ?? [];
    expect(stages.map(({ concurrency }) => concurrency)).toEqual([1, undefined, 5, undefined, 1]);
    const ramps = stages.map((stage) => ('ramp' in stage ? stage.ramp : undefined));
    expect(ramps).toEqual([undefined, { from: 1, to: 5 }, undefined, { from: 5, to: 1 }, undefined]);
    for (const [index, stage] of stages.slice(1).entries()) {
      expect(stage.from).toBeGreaterThanOrEqual(stages[index]?.to ?? 0);
    }
  });

  it('measures scaling stage by stage, and judges the best throughput only', async () => {
    const shape = scale({ concurrency: [1, 4, 16], secondsEach: 0.3 });
    const measurement = await load(() => wait(10), shape).measure(context());
    const stages = measurement.artifacts.load?.stages ?? [];
    expect(stages.map(({ concurrency }) => concurrency)).toEqual([1, 4, 16]);
    const best = Math.max(...stages.map(({ throughput }) => throughput));
    expect(metricIn(measurement, 'throughput')).toMatchObject({ value: best, judged: true });
    expect(metricIn(measurement, 'latency_p99').judged).toBe(false);
    expect(stages[2]?.throughput).toBeGreaterThan(stages[0]?.throughput ?? Number.NaN);
  });
});

describe('the open model', () => {
  it('starts as many as are due, whatever becomes of them', async () => {
    for (const [rate, seconds] of [
      [1000, 0.3],
      [30, 0.5],
      [3, 1],
    ] as const) {
      let calls = 0;
      const fn = () => {
        calls += 1;
        return wait(calls % 7);
      };
      const { artifacts } = await load(fn, arrivals({ rate, seconds })).measure(context());
      expect(calls).toBe(rate * seconds);
      expect(artifacts.load?.stages[0]).toMatchObject({ rate, operations: rate * seconds, errors: {} });
    }
  });

  it('counts latency from when a call was due, not from when the generator got to it', async () => {
    const blockMs = 200;
    let calls = 0;
    const blocking = () => {
      calls += 1;
      if (calls !== 50) return;
      const until = performance.now() + blockMs;
      while (performance.now() < until);
    };
    const measurement = await load(blocking, arrivals({ rate: 500, seconds: 1 })).measure(context());
    const { response, service, lag } = measurement.artifacts.histogram ?? {};
    const blocked = blockMs * 0.5;
    const share = (text: string | undefined, above: number) => {
      const histogram = histogramOf(text);
      let percentile = 100;
      while (percentile > 0 && histogram.getValueAtPercentile(percentile) > above) percentile -= 0.5;
      return 1 - percentile / 100;
    };
    // Of 500 arrivals, 100 were due during the block, half of them in its first half.
    expect(share(response, (blockMs - blocked) * 1e6)).toBeGreaterThan(0.09);
    expect(share(lag, (blockMs - blocked) * 1e6)).toBeGreaterThan(0.09);
    expect(share(service, (blockMs - blocked) * 1e6)).toBeLessThan(0.02);
    expect(measurement.warnings.map(({ code }) => code)).toContain('load/generator-late');
  });

  it('lets arrivals wait for a place, counts the wait, and says which never started', async () => {
    const shape = arrivals({ rate: 500, seconds: 0.2 });
    const probe = load(() => wait(40), shape, { maxInFlight: 2, drainMs: 100 });
    const measurement = await probe.measure(context());
    const [stage] = measurement.artifacts.load?.stages ?? [];
    expect(stage?.operations).toBe(100);
    expect(stage?.errors['not started']).toBeGreaterThan(60);
    expect(stage?.latency?.max).toBeGreaterThan(100e6);
    expect(histogramOf(measurement.artifacts.histogram?.service).getValueAtPercentile(50)).toBeLessThan(
      stage?.latency?.max ?? 0,
    );
    expect(measurement.warnings.map(({ code }) => code)).toContain('load/in-flight-cap');
    expect(measurement.warnings.map(({ code }) => code)).toContain('load/few-operations');
  });
});

describe('stress', () => {
  /** Fails when more than five are in flight. */
  const fragile = () => {
    let inFlight = 0;
    return async () => {
      inFlight += 1;
      const overloaded = inFlight > 5;
      await wait(1);
      inFlight -= 1;
      if (overloaded) throw new RangeError('overloaded');
    };
  };

  it('finds the greatest level that holds, and says where and why it broke first', async () => {
    const shape = stress({
      vary: 'concurrency',
      from: 1,
      step: 3,
      to: 30,
      secondsEach: 0.1,
      until: { errorRate: 0.01 },
    });
    const measurement = await load(fragile(), shape).measure(context());
    const { stages = [], breakingPoint } = measurement.artifacts.load ?? {};
    expect(stages.map(({ concurrency }) => concurrency)).toEqual([1, 4, 7, 5, 6]);
    expect(breakingPoint?.stage).toBe(2);
    expect(breakingPoint?.reason).toMatch(/% failed, above 1 %/);
    expect(metricIn(measurement, 'capacity')).toMatchObject({ value: 5, unit: 'count', judged: true });
    expect(metricIn(measurement, 'latency_p99').judged).toBe(false);
  });

  it('says so when nothing broke, and when the first stage did', async () => {
    const options = { vary: 'concurrency', step: 1, secondsEach: 0.05, until: { errorRate: 0.01 } } as const;
    const held = await load(fragile(), stress({ ...options, from: 1, to: 3 })).measure(context());
    expect(metricIn(held, 'capacity').value).toBe(3);
    expect(held.warnings.map(({ code }) => code)).toContain('load/not-broken');
    const broken = await load(fragile(), stress({ ...options, from: 9 })).measure(context());
    expect(broken.warnings.map(({ code }) => code)).toContain('load/broke-at-once');
    expect(broken.metrics.map(({ name }) => name)).not.toContain('capacity');
  });

  it('does not take a target for broken because each answer takes long', async () => {
    const shape = stress({ from: 100, to: 100, step: 1, secondsEach: 0.6, until: { p99Ms: 60_000 } });
    const measurement = await load(() => wait(300), shape).measure(context());
    expect(measurement.artifacts.load?.breakingPoint).toBeUndefined();
    expect(metricIn(measurement, 'capacity').value).toBe(100);
    // Half of them end after the stage; counting only what ended within it would make it 50.
    expect(metricIn(measurement, 'throughput').value).toBeGreaterThan(75);
  });

  it('does not take it for broken either because half of the answers do', async () => {
    let calls = 0;
    const shape = stress({ from: 50, to: 50, step: 1, secondsEach: 1, until: { p99Ms: 60_000 } });
    const bimodal = () => {
      calls += 1;
      return wait(calls % 2 === 0 ? 1 : 750);
    };
    const { artifacts } = await load(bimodal, shape).measure(context());
    expect(artifacts.load?.breakingPoint).toBeUndefined();
  });

  it('counts a target that falls behind its arrivals as broken', async () => {
    let last = Promise.resolve();
    const oneAtATime = () => {
      last = last.then(() => wait(20));
      return last;
    };
    const shape = stress({
      from: 10,
      step: 190,
      to: 200,
      secondsEach: 0.5,
      halvings: 0,
      until: { p99Ms: 60_000 },
    });
    const measurement = await load(oneAtATime, shape).measure(context());
    expect(measurement.artifacts.load?.breakingPoint).toMatchObject({
      stage: 1,
      reason: expect.stringMatching(/^it served \d+ of 200 arrivals a second$/),
    });
    expect(metricIn(measurement, 'capacity')).toMatchObject({ value: 10, unit: '1/s' });
  });
});
