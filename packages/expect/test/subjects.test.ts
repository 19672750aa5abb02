import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effortOf } from '../src/effort.js';
import { functionFile } from '../src/function-file.js';
import { givenOther, givenSubject } from '../src/given-subject.js';
import { fn, probe } from '../src/index.js';
import { bytesOf, durationMs, fractionOf, leadOf } from '../src/quantities.js';
import { readSettings } from '../src/settings.js';
import { targetOf } from '../src/target.js';
import { measureCommand } from '../src/words.js';
import { testProject } from './test-project.js';

const id = (suite: string, name: string) => ({ suite, name, kind: 'bench', params: {} });

describe('a subject', () => {
  it('is a probe, a function, or in Vitest a text whose file is relative to the test', () => {
    const named = probe('/a/b.perf.ts', 's › p');
    expect(givenSubject(named)).toBe(named);
    expect(givenSubject('./b.perf.ts › s › p', '/a/t.test.ts')).toEqual(named);
    expect(() => givenSubject('./b.perf.ts › s › p')).toThrow('cannot be measured in a process of its own');
    expect(() => probe('./b.perf.ts', 's › p')).toThrow('does not say where the file is');
    expect(() => fn('/a/b.js', 'f', { args: [], setup: 'g' })).toThrow('both "args" and "setup"');
  });

  it('is compared with another probe of its file, or another export called alike', () => {
    expect(givenOther(probe('/a/b.perf.ts', 's › p'), 's › q')).toEqual(probe('/a/b.perf.ts', 's › q'));
    expect(givenOther(fn('/a/b.js', 'f', { args: [1] }), 'g')).toEqual(fn('/a/b.js', 'g', { args: [1] }));
  });

  it('has its place at the line that holds its name, and its project at the configuration above it', () => {
    const root = testProject({
      'perf.config.yaml': '',
      'lib/package.json': '{}',
      'lib/a.perf.ts':
        "import { one } from './a.js';\nexport default suite('a', {\n  one: bench(one),\n});\n",
    });
    const file = join(root, 'lib', 'a.perf.ts');
    expect(targetOf(probe(file, 'a › one'))).toMatchObject({ root, place: `${file}:3` });
    expect(() => targetOf(probe(join(root, 'b.perf.ts'), 'a › one'))).toThrow('There is no');
  });

  it('that is a function gets a perf file of its own, with its arguments as they were', () => {
    const root = testProject({ 'a.js': 'export const f = () => 1;' });
    const subject = (args: unknown[]) => functionFile(fn(join(root, 'a.js'), 'f', { args }), root);
    const plain = subject([{ __proto__: null, n: 1 }, 'x']);
    expect(plain.file).toMatch(/\.perfkit.expect.a\.js-[0-9a-f]{12}\.perf\.mjs$/);
    expect(subject([1, 'x']).title).toBe('a.js › f(1,"x")');
    expect(readFileSync(subject([1, 'x']).file, 'utf8')).toContain('measured(args[0],args[1])');
    const alive = subject([new Map([[1n, new Date(0)]])]);
    expect(alive.title).toMatch(/^a\.js › f\(… [0-9a-f]{6}\)$/);
    expect(readFileSync(alive.file, 'utf8')).toContain("deserialize(Buffer.from('");
    expect(() => subject([() => 1])).toThrow('The arguments of f cannot be copied into another process');
  });
});

describe('an option', () => {
  it('says its unit', () => {
    expect([durationMs('time', '2s'), durationMs('time', '1.5 min')]).toEqual([2000, 90_000]);
    expect([fractionOf('threshold', '10%'), leadOf('by', '10%'), leadOf('by', '3x')]).toEqual([0.1, 0.1, 2]);
    expect([bytesOf('limit', 64), bytesOf('limit', '2KB'), bytesOf('limit', '2 KiB')]).toEqual([
      64, 2000, 2048,
    ]);
  });

  it('that cannot be is refused with what it was', () => {
    expect(() => durationMs('time', '100')).toThrow('time is "100".');
    expect(() => leadOf('by', '0.5x')).toThrow('by is "0.5x".');
    expect(() => bytesOf('The limit', Number.NaN)).toThrow('The limit is');
    const defaults = { processes: 5, timeMs: 1, warmupMs: 1, confidence: 0.95 };
    expect(() => effortOf({ processes: 0 }, defaults)).toThrow('processes is 0.');
    expect(() => effortOf({ confidence: 95 }, defaults)).toThrow('confidence is 95.');
  });
});

describe('the settings of a project', () => {
  const yaml = `store: history.db
time: 200ms
threshold: 7%
profiles: { quick: { time: 20ms } }
services:
  s: { threshold: 20%, probes: { p: { threshold: 50% } } }
`;

  it('are those that perfkit run takes', () => {
    const root = testProject({ 'perf.config.yaml': yaml });
    const settings = readSettings(root);
    expect(settings).toMatchObject({ store: join(root, 'history.db'), timeMs: 200, warmupMs: undefined });
    const thresholds = [id('s', 'p'), id('s', 'q'), id('t', 'p')].map(settings.thresholdOf);
    expect(thresholds).toEqual([0.5, 0.2, 0.07]);
    expect(readSettings(root, 'quick').timeMs).toBe(20);
    expect(() => readSettings(root, 'slow')).toThrow('There is no profile "slow".');
  });

  it('are refused where they cannot be, with the file', () => {
    const root = testProject({ 'perf.config.yaml': 'time: 200\n' });
    expect(() => readSettings(root)).toThrow('time is "200".');
    mkdirSync(join(root, 'b'));
    writeFileSync(join(root, 'b', 'perf.config.yaml'), 'time: [');
    expect(() => readSettings(join(root, 'b'))).toThrow();
  });
});

describe('the command to look closer', () => {
  const target = (title: string) => ({
    title,
    file: join(process.cwd(), 'a.perf.ts'),
    root: process.cwd(),
    params: {},
    place: '',
  });

  it('names the probe, or the suite that two share', () => {
    expect(measureCommand([target('s › p (n=1)')])).toBe('npx perfkit run a.perf.ts --only "s › p"');
    expect(measureCommand([target('s › p'), target('s › q')])).toBe('npx perfkit run a.perf.ts --only "s ›"');
    expect(measureCommand([target('s › p'), target('t › q')])).toBe('npx perfkit run a.perf.ts');
  });

  it('never runs what a name says', () => {
    expect(measureCommand([target('s › $(touch x)')])).toBe('npx perfkit run a.perf.ts');
  });
});
