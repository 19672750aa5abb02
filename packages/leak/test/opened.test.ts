import { describe, expect, it } from 'vitest';
import { kindsOf, more } from '../src/hunt/opened.js';

describe('what was opened', () => {
  const none = { fd: {}, handle: {} };

  it('is told by kind, most first', () => {
    const before = { fd: { socket: 4, '/dev/null': 1 }, handle: {} };
    const after = { fd: { socket: 5, '/dev/null': 8, '/etc/hosts': 1 }, handle: { Timeout: 3 } };
    expect(kindsOf(more(before, after), 'fd')).toEqual(['/dev/null × 7', 'socket × 1', '/etc/hosts × 1']);
    expect(kindsOf(more(before, after), 'handle')).toEqual(['Timeout × 3']);
    expect(kindsOf(more(before, after), 'heap')).toEqual([]);
  });

  it('is told by folder where each file has a name of its own', () => {
    const fd = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`/tmp/uploads/part-${i}`, 1]));
    expect(kindsOf(more(none, { fd: { ...fd, socket: 2 }, handle: {} }), 'fd')).toEqual([
      '/tmp/uploads/* × 40',
      'socket × 2',
    ]);
  });
});
