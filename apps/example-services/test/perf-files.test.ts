import { readdirSync, readFileSync } from 'node:fs';
import { isSuite, type Measurement, type Probe, type ProbeId, paramPoints, probeTitle } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = new URL('../perf/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.perf.ts'));
const loaded = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
const suites = loaded.map((module: { default: unknown }) => module.default).filter(isSuite);

const points: [string, Probe, ProbeId][] = suites.flatMap(({ name: suite, probes }) =>
  Object.entries(probes).flatMap(([name, probe]) =>
    paramPoints(probe.params).map((params): [string, Probe, ProbeId] => {
      const id = { suite, name, kind: probe.kind, params };
      return [probeTitle(id), probe, id];
    }),
  ),
);

/** One measurement that is nearly as short as can be: whether it works, not how fast it is. */
function measureBriefly(probe: Probe, id: ProbeId): Promise<Measurement> {
  return probe.measure({
    probe: id,
    processIndex: 0,
    budget: { timeMs: 20, warmupMs: 10, share: 0.02 },
    seed: 1,
    deadline: Date.now() + 100_000,
    signal: new AbortController().signal,
  });
}

const mainMetric: Readonly<Record<string, string>> = {
  bench: 'time',
  memory: 'heap',
  leak: 'heap_growth',
  load: 'throughput',
};

describe('the perf files', () => {
  it('hold one suite for each service, named like its file', () => {
    expect(suites.map(({ name }) => `${name}.perf.ts`)).toEqual(files);
    expect(files).toHaveLength(5);
  });

  it.each(points)('measure %s', async (_title, probe, id) => {
    const { status, metrics, error } = await measureBriefly(probe, id);
    expect(error).toBeUndefined();
    expect(status).toBe('ok');
    expect(metrics.map(({ name }) => name)).toContain(mainMetric[probe.kind]);
  });

  it.each(suites)('of $name hold a benchmark, a leak hunt, a load and how it scales', ({ probes }) => {
    const kinds = Object.values(probes).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['bench', 'leak', 'load', 'load']));
    expect(Object.keys(probes).filter((name) => name.endsWith(', 1 to 100 at once'))).toHaveLength(1);
  });
});

describe('perf.config.yaml', () => {
  const config = parse(readFileSync(new URL('../perf.config.yaml', import.meta.url), 'utf8'));

  it('sets gates on probes that there are', () => {
    for (const { name, probes } of suites) {
      expect(Object.keys(probes)).toEqual(
        expect.arrayContaining(Object.keys(config.services[name]?.probes ?? {})),
      );
    }
  });

  it('sets thresholds for services that there are', () => {
    expect(config).toMatchObject({
      services: {
        orchestration: { threshold: '20%' },
        cache: { threshold: '15%' },
        session: { threshold: '30%' },
      },
    });
    expect(suites.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(config.services)));
  });
});
