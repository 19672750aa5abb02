import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick } from './cli.js';

describe('perfkit run --only', () => {
  it.each([
    ['spni', 'Did you mean "spin"?'],
    ['A › spni', 'Did you mean "a › spin"?'],
    ['database', 'No probe has "database" in its name. There are "a › spin".'],
  ])('with %s, which no probe has, ends with 2, says what there is and stores nothing', (only, message) => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    const { code, stdout, stderr } = perfkit(root, 'run', '--only', only, ...quick);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(perfkit(root, 'report').stderr).toContain('The history is empty.');
  });

  it('still tells of a perf file that is broken', () => {
    const root = folderWith({ 'a.perf.mjs': 'throw new Error("no such table")' });
    const { code, stderr } = perfkit(root, 'run', '--only', 'typo', ...quick);
    expect(stderr).toContain('no such table');
    expect(code).toBe(2);
  });
});
