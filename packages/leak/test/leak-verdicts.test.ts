import { type Measurement, readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { findingOn } from './context.js';
import { inFreshProcess } from './in-fresh-process.js';

const PATIENCE_MS = 180_000;
/** A hunt takes seconds: several tests look at the same one. */
const measured = new Map<string, Promise<Measurement>>();

function hunted(name: string): Promise<Measurement> {
  const measurement = measured.get(name) ?? inFreshProcess(name);
  measured.set(name, measurement);
  return measurement;
}

describe.concurrent('a hunt in a fresh process', () => {
  it.each([
    ['listeners', 'heap', 100],
    ['buffers', 'external', 4096],
    ['descriptors', 'fd', 1],
    ['timers', 'handle', 1],
  ] as const)(
    'finds leaking %s',
    async (name, resource, least) => {
      const measurement = await hunted(name);
      const found = findingOn(measurement, resource);
      expect(found.verdict).toBe('leaking');
      expect(found.bytesPerIteration.estimate).toBeGreaterThanOrEqual(least * 0.99);
      expect(found.sensitivityBytes).toBeLessThan(found.bytesPerIteration.estimate);
      expect(readDocument('measurement', measurement)).toEqual(measurement);
    },
    PATIENCE_MS,
  );

  it.each([
    ['oneSmallObject', 16, /kept: Set/],
    ['numbers', 8, /samples: Array/],
    ['fastNumbers', 8, /samples: Array/],
    ['keys', 8, /seen: Object/],
    ['strings', 16, /kept: Array/],
    ['processListeners', 32, /process.*SIGUSR2/],
    ['chains', 16, /head: Object.*next: Object × \d+/],
  ] as const)(
    'finds what counts see and bytes hardly do: %s',
    async (name, least, holder) => {
      const found = findingOn(await hunted(name), 'heap');
      expect(found.verdict).toBe('leaking');
      expect(found.bytesPerIteration.estimate).toBeGreaterThanOrEqual(least * 0.9);
      expect(found.sensitivityBytes).toBeLessThanOrEqual(8);
      expect(found.culprit?.path.join(' ')).toMatch(holder);
      expect(found.exhaustion?.iterations).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'finds text that only becomes longer',
    async () => {
      const { verdict, bytesPerIteration } = findingOn(await hunted('growingText'), 'heap');
      expect(verdict).toBe('leaking');
      expect(bytesPerIteration.estimate).toBeCloseTo(33, -1);
    },
    PATIENCE_MS,
  );

  it(
    'leaves out what is allowed, and says so',
    async () => {
      const measurement = await hunted('registry');
      expect(findingOn(measurement, 'heap').verdict).toBe('steady');
      expect(measurement.warnings).toEqual([
        { code: 'leak/allowed', message: expect.stringMatching(/Registry.*entries: Array/) as string },
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'says at what size a cache is full',
    async () => {
      const found = findingOn(await hunted('largeCache'), 'heap');
      expect(found).toMatchObject({
        verdict: 'saturating',
        fullAt: { name: 'Map', of: 'entries', size: 3000 },
      });
    },
    PATIENCE_MS,
  );

  it(
    'foretells at what size a cache will be full that tells its limit',
    async () => {
      const found = findingOn(await hunted('roomyCache'), 'heap');
      expect(found).toMatchObject({
        verdict: 'saturating',
        fullAt: { name: 'Map', of: 'entries', size: 5_000_000, limit: '#max' },
      });
      expect(found.fullAt?.iterations).toBeGreaterThan(3_000_000);
      expect(found.culprit?.path.join(' ')).toMatch(/cache: LruCache #entries: Map/);
    },
    PATIENCE_MS,
  );

  it(
    'is not taken in by a limit that the heap has no room for, or that is passed',
    async () => {
      expect(findingOn(await hunted('hopelessCache'), 'heap').verdict).toBe('leaking');
      const broken = findingOn(await hunted('brokenLimit'), 'heap');
      expect(broken.verdict).toBe('leaking');
      expect(broken.culprit?.path.join(' ')).toMatch(/waiting: Array/);
    },
    PATIENCE_MS,
  );

  it(
    'finds a leak beside a cache that fills up',
    async () => {
      const { verdict, culprit } = findingOn(await hunted('cacheAndLeak'), 'heap');
      expect(verdict).toBe('leaking');
      expect(culprit?.path.join(' ')).toMatch(/forgotten: Array/);
      // What was allocated most belongs to the cache.
      expect(culprit?.site).toBeUndefined();
    },
    PATIENCE_MS,
  );

  it(
    'takes nothing else for what such a cache holds',
    async () => {
      const rare = await hunted('cacheAndRareBuffers');
      expect(findingOn(rare, 'external').verdict).toBe('leaking');
      expect(findingOn(await hunted('cacheAndAllowed'), 'heap').verdict).toBe('saturating');
    },
    PATIENCE_MS,
  );

  it(
    'begins the path at the module, not at what calls the probe',
    async () => {
      const { culprit } = findingOn(await hunted('moduleVariable'), 'heap');
      const path = culprit?.path ?? [];
      const module = path.findIndex((step) => step.endsWith('cases.mjs: ModuleWrap'));
      expect(module).toBeGreaterThan(0);
      expect(path.slice(module).join(' ')).toMatch(/ofModule: Map/);
      expect(path.join(' ')).not.toMatch(/current_microtask/);
    },
    PATIENCE_MS,
  );

  it(
    'says of a leaking timer what it would call',
    async () => {
      const { culprit } = findingOn(await hunted('timers'), 'heap');
      expect(culprit?.path.slice(-2)).toEqual([
        expect.stringMatching(/^_idleNext: Timeout × \d+$/),
        '_onTimeout: ()',
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'keeps nothing of what the program gives to the console, though the inspector would',
    async () => {
      const { artifacts } = await hunted('logging');
      expect(artifacts.growth?.constructors?.map(({ name }) => name)).not.toContain('Date');
    },
    PATIENCE_MS,
  );

  it(
    'names what is open by its kind',
    async () => {
      const { culprit, exhaustion } = findingOn(await hunted('descriptors'), 'fd');
      expect(culprit?.path).toEqual([expect.stringMatching(/^\/dev\/null × \d+$/)]);
      expect(exhaustion?.budget).toBeGreaterThan(0);
      const { culprit: timers } = findingOn(await hunted('timers'), 'handle');
      expect(timers?.path[0]).toMatch(/^Timeout × \d+$/);
    },
    PATIENCE_MS,
  );

  it(
    'names what grew, what holds it and where it was made',
    async () => {
      const measurement = await hunted('listeners');
      expect(measurement.artifacts.growth?.constructors?.map(({ name }) => name)).toContain('Subscription');
      const { culprit } = findingOn(measurement, 'heap');
      expect(culprit?.path.join(' ')).toMatch(/EventEmitter.*_events.*message/);
      const { culprit: parsed } = findingOn(await hunted('records'), 'heap');
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
    'largeCache',
    'contexts',
  ])(
    'calls nothing leaking in %s',
    async (name) => {
      const { findings } = await hunted(name);
      expect(findings).toHaveLength(5);
      expect(findings.filter((finding) => 'verdict' in finding && finding.verdict === 'leaking')).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'says of a cache that fills up and then rests that it saturates',
    async () => {
      expect(findingOn(await hunted('fillingCache'), 'heap').verdict).toBe('saturating');
    },
    PATIENCE_MS,
  );
});
