import { describe, expect, test } from 'vitest';
import { clip, displayWidth } from '../src/terminal/display-width.js';
import { textTable } from '../src/terminal/text-table.js';
import { visible, visibleLines } from '../src/visible.js';

describe('text from outside', () => {
  test('shows its control characters instead of obeying them', () => {
    expect(visible('a\u001b[31mb\r\n\tc\u0000')).toBe('a\\u001b[31mb\\r\\n\\tc\\u0000');
    expect(visible('safe\u202Egnp.exe\u2028\u200b\u{e0041}')).toBe(
      'safe\\u202egnp.exe\\u2028\\u200b\\u{e0041}',
    );
    expect(visible('\ud800 alone')).toBe('\\ud800 alone');
  });

  test('keeps the joiner that makes an emoji, and no other', () => {
    expect(visible('👩‍💻')).toBe('👩‍💻');
    expect(visible('a\u200db')).toBe('a\\u200db');
  });

  test('of several lines keeps its lines', () => {
    expect(visibleLines('one\r\n\ttwo\u0007\n\n')).toEqual(['one', '  two\\u0007']);
  });
});

describe('width in a terminal', () => {
  test.each([
    ['abc', 3],
    ['›', 1],
    ['日本語', 6],
    ['👩‍💻 ok', 5],
    ['e\u0301', 1],
    ['🇩🇪', 2],
    ['❤️', 2],
  ])('of %s is %d columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test('is kept when a text is clipped, and its beginning and end stay', () => {
    expect(clip('cache › get (size=10)', 12)).toBe('cache ›…=10)');
    expect(displayWidth(clip('日本語日本語日本語', 8))).toBeLessThanOrEqual(8);
    expect(clip('short', 5)).toBe('short');
  });
});

describe('a table', () => {
  const names = {
    header: 'probe',
    align: 'left',
    cells: ['a', `${'long '.repeat(30)}name`, '日本 👩‍💻'],
  } as const;
  const columns = [
    { header: 'time', align: 'right', cells: ['1 ns', '100 ns', '22 ns'] },
    { header: 'heap', align: 'right', cells: ['1 B (1 to 1)', '', ''], spare: 1 },
  ] as const;

  test.each([120, 80, 60])('of %d columns fits and stays aligned whatever the names', (width) => {
    const lines = textTable(names, columns, width);
    const end = displayWidth(lines[0]?.replace(/ +heap$/, '') as string);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    for (const line of lines.slice(2)) expect(displayWidth(line)).toBe(end);
  });

  test('gives up its spare columns before its names', () => {
    expect(textTable(names, columns, 30)[0]).not.toContain('heap');
  });
});
