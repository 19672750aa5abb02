import { readDocument } from '@perf/schema';
import { expect, test } from 'vitest';
import { summariseRun } from '../src/index.js';
import { heapOf, measured, probeOf, runOf, timeOf } from './run-of.js';

const get = probeOf('get', { size: 10 });

test('gives one line per probe and metric, in order of first appearance, over the processes that succeeded', () => {
  const run = runOf([
    measured(get, 0, [timeOf(30), heapOf(8, { judged: false })]),
    measured(probeOf('put'), 0, [], { status: 'failed' }),
    measured(get, 1, [timeOf(10)]),
    measured(get, 2, [timeOf(99)], { status: 'crashed' }),
    measured(get, 3, [timeOf(20)]),
    measured(probeOf('put'), 1, [timeOf(5)]),
  ]);
  const time = { metric: 'time', unit: 'ns', better: 'lower', judged: true };
  const heap = { metric: 'heap', unit: 'bytes', better: 'lower', judged: false };
  const summaries = summariseRun(run);
  expect(summaries).toEqual([
    { probe: get, ...time, estimate: 20, low: 10, high: 30, confidence: 0.75, processes: 3 },
    { probe: get, ...heap, estimate: 8, low: 8, high: 8, confidence: 0, processes: 1 },
    { probe: probeOf('put'), ...time, estimate: 5, low: 5, high: 5, confidence: 0, processes: 1 },
  ]);
  expect(readDocument('run', { ...run, summaries }).summaries).toEqual(summaries);
});

test('has nothing to say of a run that measured nothing', () => {
  expect(summariseRun(runOf([]))).toEqual([]);
});
