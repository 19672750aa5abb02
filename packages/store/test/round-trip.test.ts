import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { contentId, type JsonValue, type Measurement, type Run, runId } from '@perf/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { aHeader, aMeasurement, aRun, aRunAt } from './documents.js';
import { freshFile } from './folder.js';

const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.constantFrom(
    "'; DROP TABLE run; --",
    'constructor',
    'a\0b',
    '\ud800',
    '🐢',
    '"\\',
    '%_',
    'x'.repeat(5000),
  ),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Fields that a newer minor version may add. */
const later = fc.record({ later: fc.jsonValue(), ['__proto__']: fc.jsonValue() }, { requiredKeys: [] });
const metric = fc.record(
  {
    name: text,
    unit: fc.constantFrom('ns', 'bytes', '1/s', 'ratio', 'count'),
    better: fc.constantFrom('lower', 'higher'),
    value: number,
    samples: fc.array(number),
    judged: fc.boolean(),
    later: fc.jsonValue(),
  },
  { requiredKeys: ['name', 'unit', 'better', 'value', 'judged'] },
);
const measurement = fc
  .tuple(
    fc.record({
      probe: fc.record({ suite: text, name: text, kind: text, params: fc.dictionary(text, text) }),
      process: fc.record({ index: fc.nat(), pid: fc.nat() }),
      elapsed: fc.nat(),
      seed: fc.maxSafeInteger(),
      status: fc.constantFrom('ok', 'failed', 'timed-out', 'crashed'),
      metrics: fc.array(metric, { maxLength: 3 }),
      artifacts: fc.dictionary(text, fc.jsonValue()),
    }),
    later,
  )
  .map(([parts, more]) => {
    const body = { ...aMeasurement(0), ...more, ...parts, id: undefined };
    return { ...body, id: contentId(body) } as Measurement;
  });
const run = fc
  .tuple(
    fc.record({
      source: fc.record(
        { commit: text, branch: text, dirty: fc.boolean(), order: fc.maxSafeNat() },
        { requiredKeys: [] },
      ),
      tool: fc.record({ name: text, version: text }),
      status: fc.constantFrom('running', 'complete', 'interrupted'),
      measurements: fc.uniqueArray(measurement, { selector: ({ id }) => id, maxLength: 4 }),
    }),
    later,
  )
  .map(([parts, more]) => ({ ...aRun(), ...more, ...parts }) as Run);

describe('a run document', () => {
  it('comes back as it was stored, through the file, JSON text and another file', () => {
    const from = freshFile();
    const to = freshFile();
    let first = openStore(from);
    const second = openStore(to);
    let seed = 0;
    fc.assert(
      fc.property(run, (drawn) => {
        // fast-check draws objects without a prototype too; documents are ordinary JSON.
        const header = structuredClone({ ...drawn, seed: seed++ });
        const given: Run = { ...header, id: runId(header) };
        expect(first.putRun(given)).toEqual({ added: true });
        first.close();
        first = openStore(from);
        // Not toStrictEqual: it takes two equal objects for different when they have a key named "constructor".
        deepStrictEqual(first.getRun(given.id), given);
        for (const exported of first.exportDocuments([given.id])) {
          // JSON.stringify writes -0 as 0; that is the printer's, not the store's.
          const read: unknown = JSON.parse(JSON.stringify(exported));
          expect(second.importDocument(read)).toEqual({ run: given.id, added: true });
          deepStrictEqual(second.getRun(given.id), read);
          expect(second.importDocument(read).added).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
    expect([...second.exportDocuments()].length).toBe(second.listRuns().length);
    first.close();
    second.close();
  });

  it('keeps the example of every field that the schema knows', () => {
    const example: unknown = JSON.parse(
      readFileSync(new URL('../../schema/examples/v1/run.json', import.meta.url), 'utf8'),
    );
    const store = openStore(freshFile());
    const { run: id } = store.importDocument(example);
    expect(store.getRun(id)).toStrictEqual(example);
    store.close();
  });

  it('keeps -0, also among samples and as a value', () => {
    const store = openStore(freshFile());
    const metrics = [
      { name: 'slope', unit: 'ratio', better: 'lower', value: -0, samples: [-0, 0, 1], judged: true },
    ] as const;
    const given = aRun({}, [
      aMeasurement(0, { metrics: metrics.map((one) => ({ ...one, samples: [...one.samples] })) }),
    ]);
    store.putRun(given);
    expect(store.getRun(given.id)).toStrictEqual(given);
    store.close();
  });
});

describe('export', () => {
  it('gives all runs, the last started first, or those that are asked for in that order', () => {
    const store = openStore(freshFile());
    const runs = [1, 2, 3].map((minute) => aRunAt(minute));
    const ids = runs.map(({ id }) => id) as [string, string, string];
    for (const one of runs) store.putRun(one);
    expect([...store.exportDocuments()].map(({ id }) => id)).toEqual(ids.toReversed());
    expect([...store.exportDocuments([ids[1], ids[0].slice(0, 8)])].map(({ id }) => id)).toEqual([
      ids[1],
      ids[0],
    ]);
    store.close();
  });

  it('lets the store be used between two runs', () => {
    const store = openStore(freshFile());
    for (const minute of [1, 2, 3]) store.putRun(aRunAt(minute));
    for (const _ of store.exportDocuments()) store.putRun(aRunAt(9));
    expect(store.listRuns().length).toBe(4);
    store.close();
  });

  it('names an id that is not stored before it gives the first run', () => {
    const store = openStore(freshFile());
    const one = aRun();
    store.putRun(one);
    expect(() => [...store.exportDocuments([one.id, 'nothing'])]).toThrow(
      expect.objectContaining({ code: 'store/unknown-run' }),
    );
    store.close();
  });
});

describe('bad input', () => {
  it.each([
    ['no document', { a: 1 }],
    ['another document', { schema: 'perf/advice@1', findings: [] }],
    ['a newer major version', { ...aRun(), schema: 'perf/run@2' }],
    ['a run with a wrong measurement', { ...aRun(), measurements: [aMeasurement(0), { a: 1 }] }],
    ['null', null],
  ])('is refused as a whole: %s', (_, value) => {
    const store = openStore(freshFile());
    expect(() => store.importDocument(value)).toThrow(expect.objectContaining({ name: 'DocumentError' }));
    expect(store.listRuns()).toEqual([]);
    store.close();
  });

  it('leaves nothing of a run whose second measurement JSON cannot hold', () => {
    const store = openStore(freshFile());
    const broken = { ...aMeasurement(1), later: Number.NaN };
    expect(() => store.putRun(aRun({}, [aMeasurement(0), broken]))).toThrow(
      expect.objectContaining({ code: 'store/not-json' }),
    );
    expect(store.listRuns()).toEqual([]);
    store.close();
  });

  it('is refused when it is nested too deeply, in known fields and in unknown ones', () => {
    const store = openStore(freshFile());
    const id = store.beginRun(aHeader());
    let deep: JsonValue = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    for (const part of [{ artifacts: { deep } }, { later: deep }]) {
      expect(() => store.appendMeasurement(id, { ...aMeasurement(0), ...part })).toThrow(
        expect.objectContaining({ code: 'store/not-json' }),
      );
    }
    expect(store.getRun(id).measurements).toEqual([]);
    store.close();
  });
});
