import type { Gate, LeakSummary, Scalability } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { gateSentence } from '../src/words/gate.js';
import { leakSentence, leakSentences } from '../src/words/leak.js';
import { loadSentence } from '../src/words/load.js';
import { metricName, perWhat, quantityPhrase } from '../src/words/metric-phrase.js';
import { metricUnit } from '../src/words/metric-unit.js';
import { formatQuantity } from '../src/words/quantity.js';
import { scalabilitySentence } from '../src/words/scalability.js';
import { churn, dashboardRun, gates, leaks, peak, scalability } from './dashboard-documents.js';
import { getHit } from './documents.js';

const loaded = { probe: peak, unit: 'ns', better: 'lower' } as const;

describe('metrics', () => {
  test.each([
    ['latency_p50', 'p50 latency', 'answers 50 % within 5 ms'],
    ['latency_p99', 'p99 latency', 'answers 99 % within 5 ms'],
    ['latency_p999', 'p99.9 latency', 'answers 99.9 % within 5 ms'],
    ['throughput', 'throughput', 'completes 5 ms'],
    ['queue_wait', 'queue wait', 'reads 5 ms in queue wait'],
  ])('%s is called %s', (metric, name, phrase) => {
    expect(metricName(metric)).toBe(name);
    expect(quantityPhrase({ ...loaded, metric }, '5 ms')).toBe(phrase);
  });

  test('are per operation in benchmarks alone, and only where they are a cost of one', () => {
    expect(perWhat({ probe: getHit, metric: 'time' })).toBe(' per operation');
    expect(perWhat({ probe: getHit, metric: 'throughput' })).toBe('');
    expect(perWhat({ probe: getHit, metric: 'hit_rate' })).toBe('');
    expect(perWhat({ probe: churn, metric: 'heap_growth' })).toBe(' per iteration');
    expect(quantityPhrase({ ...loaded, probe: churn, metric: 'heap_growth' }, '8 B')).toBe(
      'grows by 8 B per iteration in heap',
    );
    for (const kind of ['load', 'leak', 'memory']) {
      expect(perWhat({ probe: { ...getHit, kind }, metric: 'time' })).toBe('');
      expect(perWhat({ probe: { ...getHit, kind }, metric: 'heap' })).toBe('');
    }
  });

  test.each([
    ['error_rate', 0.0012, '0.12 %'],
    ['hit_rate', 0.97, '97 %'],
    ['heap', 0.71, '71 %'],
    ['overhead_profiling', 0.03, '3 %'],
    ['target cpu', 1.5, '150 %'],
    ['speedup', 1.5, '1.5'],
    ['iterate', 1.5, '1.5'],
  ])('the ratio %s of %d is printed as %s', (metric, value, text) => {
    expect(formatQuantity(value, metricUnit(metric, 'ratio'))).toBe(text);
  });

  test('that are no ratio stay in their unit whatever their name', () => {
    expect(metricUnit('sample_rate', '1/s')).toBe('1/s');
    expect(metricUnit('cpu', 'ns')).toBe('ns');
  });
});

describe('gates', () => {
  test('name what they are on, the limit, the figure with its interval, and where they were set', () => {
    expect(gateSentence(gates[0] as Gate)).toBe(
      'shop › checkout, peak: p99 latency must be at most 50 ms and reads 42.6 ms (41.0 to 44.2 ms, 5 processes): passed (the probe).',
    );
    expect(gateSentence(gates[3] as Gate)).toBe(
      'cache › get, hit: garbage collection per operation must be at most 10 ns: no figure to hold against it (perf.config.yaml).',
    );
  });
});

describe('leaks', () => {
  const [steady, leaking] = leaks as [LeakSummary, LeakSummary];

  test('name the growth, what holds it and where it was made', () => {
    expect(leakSentence(leaking)).toBe(
      'cache › churn keeps nothing leaks heap: 821 B per iteration (812 to 830 B, 5 processes). Held by … › Map registry › Array › Session, made at /srv/shop/src/registry.js:41 (shop).',
    );
  });

  test('begin at the module that holds it, without the steps of the engine', () => {
    const path = [
      '(GC roots)',
      '(Global handles)',
      '/srv/shop/loader.js: Module',
      'cache: Object',
      '/srv/shop/cart.mjs: ModuleWrap',
      'system / SourceTextModule',
      'Generator',
      '()',
      'context: system / Context',
      'carts: Map',
      '[]: Module',
      'table: (array)',
      'Cart',
    ];
    expect(leakSentence({ ...leaking, culprit: { path } })).toMatch(
      /Held by … › \/srv\/shop\/cart\.mjs › carts: Map › \[\]: Module › Cart\.$/,
    );
  });

  test('that were not found come with what could have been', () => {
    expect(leakSentence(steady)).toContain('is steady in heap: 0.20 B per iteration');
    expect(leakSentence(steady)).toContain('it could have seen 16 B per iteration.');
  });

  test('that are undecided come with what would decide', () => {
    expect(leakSentence({ ...steady, verdict: 'undecided' })).toMatch(
      /is undecided in heap: .*; it could have seen 16 B per iteration\. More iterations, .* would decide\.$/,
    );
  });

  test('that are steady in several resources are told once', () => {
    const rss: LeakSummary = { ...steady, resource: 'rss' };
    expect(leakSentences([leaking, steady, rss])).toEqual([
      leakSentence(leaking),
      `${leakSentence(steady)} Steady too: resident memory.`,
    ]);
  });

  test('say of a cache at what size it is full, or will be', () => {
    const cache: LeakSummary = { ...steady, verdict: 'saturating' };
    expect(leakSentence(cache)).toContain('grows in heap and then stops: 0.20 B');
    const fullAt = { name: 'Map', of: 'entries', size: 3000 };
    expect(leakSentence({ ...cache, fullAt })).toContain('and then stops, with 3k entries of Map: 0.20 B');
    const limited = { ...fullAt, limit: '#max', iterations: 1200 };
    expect(leakSentence({ ...cache, fullAt: limited })).toContain(
      'grows in heap until there are 3k entries of Map, which #max sets, after 1.2k more iterations: 0.20 B',
    );
  });

  test('of descriptors are counted, not weighed', () => {
    const fds: LeakSummary = {
      ...leaking,
      probe: { ...churn, params: {} },
      resource: 'fd',
      bytesPerIteration: { estimate: 1, low: 0.99, high: 1.01 },
    };
    expect(leakSentence(fds)).toContain(
      'leaks file descriptors: 1.00 per iteration (0.99 to 1.01, 5 processes)',
    );
  });
});

describe('loads', () => {
  const measurements = dashboardRun().measurements.filter(({ probe }) => probe.name === peak.name);

  test('name shape, model and aims', () => {
    expect(loadSentence(measurements)).toBe(
      'shop › checkout, peak: peak load, closed model, 5 stages, 10 to 100 in flight.',
    );
  });

  test('that broke say where and why, and in how many processes', () => {
    const broken = measurements.map((measurement, index) => {
      const load = measurement.artifacts.load;
      if (load === undefined || index > 2) return measurement;
      return {
        ...measurement,
        artifacts: { load: { ...load, breakingPoint: { stage: 2, reason: 'p99 above 1 s' } } },
      };
    });
    expect(loadSentence(broken)).toContain(
      'it broke at 100 in flight (stage 3): p99 above 1 s (3 of 5 processes)',
    );
    expect(loadSentence([])).toBeUndefined();
  });
});

describe('scalability', () => {
  test('gives the peak and the knee as ranges', () => {
    expect(scalabilitySentence(scalability)).toBe(
      'shop › checkout, scale: throughput is greatest at 34.5 (30.0 to 40.2) at once, with 7.90k /s (7.70 to 8.10k /s); beyond 8.70 (8.10 to 9.40) at once, further callers mostly wait (30 points of 5 processes).',
    );
  });

  test('without a fit says why there is none', () => {
    const { fit: _, ...unfitted } = scalability;
    const few: Scalability = { ...unfitted, points: [], reason: 'fewer than three concurrencies' };
    expect(scalabilitySentence(few)).toContain(
      'could be fitted to 0 points of 0 processes: fewer than three concurrencies.',
    );
  });
});
