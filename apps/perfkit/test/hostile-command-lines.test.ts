import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit } from './cli.js';

describe('a command line that the parser refuses', () => {
  it.each([
    ['run', '--only'],
    ['trend', '--acknowledge'],
    ['run', '--seed'],
  ])('such as %s %s without a value ends with 2 and no trace of the parser', (...args) => {
    const { code, stdout, stderr } = perfkit(folderWith(), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^perfkit: .*--help/);
    expect(stderr).not.toContain('    at ');
  });
});

describe('a configuration', () => {
  it.each([
    ['services: { __proto__: { gates: { time: "<= 1ms" } } }', '1:13'],
    ['services:\n  a:\n    gates:\n      __proto__: "<= 1ms"', '4:7'],
  ])('that names what JavaScript keeps for itself is refused: %s', (text, place) => {
    const root = folderWith({ 'perf.config.yaml': text, 'a.perf.ts': benchFile('a', 'spin', 300) });
    const { code, stderr } = perfkit(root, 'run');
    expect(stderr).toContain(`perf.config.yaml:${place}`);
    expect(stderr).toContain('"__proto__" cannot be a name here');
    expect(code).toBe(2);
  });

  it('with a limit beyond all numbers is refused before anything is measured', () => {
    const limit = `services: { a: { gates: { time: "<= ${'9'.repeat(400)}ms" } } }`;
    const { code, stderr } = perfkit(folderWith({ 'perf.config.yaml': limit }), 'run');
    expect(stderr).toContain('expected a limit that a number can hold');
    expect(code).toBe(2);
  });
});

describe('perfkit trend --series', () => {
  it('refuses more values than can be judged in reasonable time', () => {
    const root = folderWith();
    writeFileSync(join(root, 'many.json'), JSON.stringify(Array.from({ length: 100_001 }, (_, i) => i % 7)));
    const { code, stderr } = perfkit(root, 'trend', '--series', 'many.json');
    expect(stderr).toContain('has 100001 values; at most 100000');
    expect(code).toBe(2);
  });
});
