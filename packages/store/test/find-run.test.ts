import { expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { aRunAt } from './documents.js';
import { freshFile } from './folder.js';

function storeOf(...ids: string[]) {
  const store = openStore(freshFile());
  for (const [minute, id] of ids.entries()) store.putRun({ ...aRunAt(minute), id });
  return store;
}

it('four characters are enough when they begin only one run', () => {
  const store = storeOf('abcd1', 'abce2');
  expect(store.getRun('abcd').id).toBe('abcd1');
  store.close();
});

it('a whole id counts although it also begins another', () => {
  const store = storeOf('abcd', 'abcd1');
  expect(store.getRun('abcd').id).toBe('abcd');
  store.close();
});

it('a prefix of several is refused, and they are named', () => {
  const store = storeOf('abcd1', 'abcd2');
  expect(() => store.getRun('abcd')).toThrow(
    expect.objectContaining({ code: 'store/ambiguous-run', remedy: expect.stringMatching(/abcd1.*abcd2/) }),
  );
  store.close();
});

it('an unknown id is refused, and the newest runs are named', () => {
  const store = storeOf('one-1', 'two-2', 'three', 'fourth');
  expect(() => store.getRun('none-of-them')).toThrow(
    expect.objectContaining({
      code: 'store/unknown-run',
      remedy: 'The newest runs are "fourth", "three", "two-2".',
    }),
  );
  store.close();
});

it('three characters are too few', () => {
  const store = storeOf('abcd1');
  expect(() => store.getRun('abc')).toThrow(
    expect.objectContaining({
      code: 'store/unknown-run',
      message: expect.stringContaining('needs 4 characters'),
    }),
  );
  expect(() => store.getRun('')).toThrow(expect.objectContaining({ code: 'store/unknown-run' }));
  store.close();
});

it('a prefix is text, not a pattern', () => {
  const store = storeOf('abcd1', '%_%_2', 'nul\0a1', 'nul\0b2', "'; DROP TABLE run; --");
  expect(() => store.getRun('____')).toThrow(expect.objectContaining({ code: 'store/unknown-run' }));
  expect(() => store.getRun('%%%%')).toThrow(expect.objectContaining({ code: 'store/unknown-run' }));
  expect(store.getRun('%_%_').id).toBe('%_%_2');
  expect(store.getRun('nul\0b').id).toBe('nul\0b2');
  expect(store.getRun("'; DROP").id).toBe("'; DROP TABLE run; --");
  store.close();
});

it('writing takes the whole id only', () => {
  const store = storeOf('abcd1');
  expect(() => store.finishRun('abcd', { status: 'complete', finishedAt: '2025-03-04T10:00:00Z' })).toThrow(
    expect.objectContaining({ code: 'store/unknown-run' }),
  );
  store.close();
});
