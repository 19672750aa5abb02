import { describe, expect, it } from 'vitest';
import { describeError, PerfError } from '../src/index.js';

class StoreError extends PerfError {
  override readonly name = 'StoreError';
}

describe('PerfError', () => {
  it('carries its code, what was seen, the remedy, the place and the cause', () => {
    const cause = new Error('disk');
    const place = { file: 'perf.config.yaml', line: 3, column: 5 };
    const error = new StoreError('store/locked', 'It is locked.', {
      seen: 'x',
      remedy: 'Wait.',
      place,
      cause,
    });
    expect(error).toMatchObject({ code: 'store/locked', seen: 'x', remedy: 'Wait.', place, cause });
    expect(error).toBeInstanceOf(PerfError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('StoreError');
  });

  it('has no cause unless one is given', () => {
    expect('cause' in new PerfError('a/b', 'm')).toBe(false);
  });
});

describe('describeError', () => {
  it('puts the place first and the remedy last', () => {
    const place = { file: 'perf.config.yaml', line: 3, column: 5 };
    const error = new PerfError('config/unknown', 'Unknown key "runz".', {
      remedy: 'Did you mean "runs"?',
      place,
    });
    expect(describeError(error)).toBe('perf.config.yaml:3:5: Unknown key "runz". Did you mean "runs"?');
  });

  it('leaves out the parts of a place that are not known', () => {
    expect(describeError(new PerfError('a/b', 'Bad.', { place: { file: 'f.yaml' } }))).toBe('f.yaml: Bad.');
    expect(describeError(new PerfError('a/b', 'Bad.', { place: { file: 'f.yaml', line: 2 } }))).toBe(
      'f.yaml:2: Bad.',
    );
  });

  it('takes anything that was thrown', () => {
    expect(describeError(new TypeError('no'))).toBe('no');
    expect(describeError('text')).toBe('text');
    expect(describeError(undefined)).toBe('undefined');
  });
});
