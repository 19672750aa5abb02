import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { findingOn } from './context.js';
import { inFreshProcess } from './in-fresh-process.js';

const PATIENCE_MS = 180_000;

describe('a hunt in a fresh process', () => {
  it.each([
    ['listeners', 'heap', 100],
    ['buffers', 'external', 4096],
    ['descriptors', 'fd', 1],
    ['timers', 'handle', 1],
  ] as const)(
    'finds leaking %s',
    async (name, resource, least) => {
      const measurement = await inFreshProcess(name);
      const found = findingOn(measurement, resource);
      expect(found.verdict).toBe('leaking');
      expect(found.bytesPerIteration.estimate).toBeGreaterThanOrEqual(least * 0.99);
      expect(found.sensitivityBytes).toBeLessThan(found.bytesPerIteration.estimate);
      expect(readDocument('measurement', measurement)).toEqual(measurement);
    },
    PATIENCE_MS,
  );

  it(
    'names what grew, what holds it and where it was made',
    async () => {
      const measurement = await inFreshProcess('listeners');
      expect(measurement.artifacts.growth?.constructors?.map(({ name }) => name)).toContain('Subscription');
      const { culprit } = findingOn(measurement, 'heap');
      expect(culprit?.path.join(' ')).toMatch(/EventEmitter.*_events.*message/);
      const { culprit: parsed } = findingOn(await inFreshProcess('records'), 'heap');
      expect(parsed?.path.join(' ')).toMatch(/kept: Array/);
      expect(parsed?.site?.file).toMatch(/cases\.mjs$/);
    },
    PATIENCE_MS,
  );

  it.each([
    'parsing',
    'boundedCache',
    'expressions',
    'pipeline',
    'mapChurn',
    'pooledBuffers',
    'clearedTimers',
    'servers',
    'closures',
    'shortTimers',
    'fillingCache',
  ])(
    'calls nothing leaking in %s',
    async (name) => {
      const { findings } = await inFreshProcess(name);
      expect(findings).toHaveLength(5);
      expect(findings.filter((finding) => 'verdict' in finding && finding.verdict === 'leaking')).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'says of a cache that fills up and then rests that it saturates',
    async () => {
      expect(findingOn(await inFreshProcess('fillingCache'), 'heap').verdict).toBe('saturating');
    },
    PATIENCE_MS,
  );
});
