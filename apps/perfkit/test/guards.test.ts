import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick } from './cli.js';

describe('what would be passed over in silence', () => {
  it('is said: a service or probe of the configuration that no perf file has', () => {
    const root = folderWith({
      'perf.config.yaml':
        'services:\n  jion: { threshold: 5% }\n  a: { probes: { spni: { threshold: 5% } } }\n',
      'a.perf.ts': benchFile('a', 'spin', 300),
    });
    const { stderr } = perfkit(root, 'run', '--processes', '1', ...quick);
    expect(stderr).toContain('The configuration sets services.jion, and there is no such suite.');
    expect(stderr).toContain('sets services.a.probes.spni, and there is no such probe. Did you mean "spin"?');
  });

  it('is refused: a configuration under a name that is not read', () => {
    const { code, stderr } = perfkit(folderWith({ 'perf.config.yml': 'processes: 3\n' }), 'run');
    expect(stderr).toContain('Rename it to perf.config.yaml');
    expect(code).toBe(2);
  });

  it('is said: a regression that does not fail', () => {
    const root = folderWith({
      'a/x.perf.ts': benchFile('x', 'spin', 2000),
      'b/x.perf.ts': benchFile('x', 'spin', 3400),
    });
    const { code, stderr } = perfkit(root, 'compare', 'a', 'b', '--processes', '6', ...quick);
    expect(stderr).toContain('Exit code 0: no regression is as severe as --fail-on critical.');
    expect(code).toBe(0);
  });

  it('is refused: a flag without its value', () => {
    expect(perfkit(folderWith(), 'run', '--processes')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('an export that was edited', () => {
  it.each([
    ['a value', /"name":"time","unit":"ns"/, '"name":"time","unit":"bytes"'],
    ['the id of a run', /"id":"[0-9a-f]{24}"/, '"id":"deadbeefdeadbeefdeadbeef"'],
  ])('by %s is refused, and nothing of it is stored', (_what, pattern, replacement) => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    perfkit(root, 'run', '--processes', '1', ...quick);
    const exported = perfkit(root, 'export').stdout;
    writeFileSync(join(root, 'edited.jsonl'), exported.replace(pattern, replacement));
    const { code, stderr } = perfkit(root, 'import', 'edited.jsonl', '--store', 'new.sqlite');
    expect(stderr).toContain('was changed after it was measured');
    expect(code).toBe(2);
    expect(perfkit(root, 'report', '--store', 'new.sqlite').code).toBe(2);
  });
});

describe('a report', () => {
  it('survives an error message and names that are long', () => {
    const long = `import { bench, suite } from '@perf/bench';
export default suite('a', { ['n'.repeat(500)]: bench(() => { throw new Error('h'.repeat(1e6)) }) });`;
    const { code, stdout } = perfkit(folderWith({ 'a.perf.mjs': long }), 'run', '--processes', '1', ...quick);
    expect(stdout).toContain('more characters');
    expect(code).toBe(3);
  });

  it('is replaced whole: no part of one is left beside it', () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    perfkit(root, 'run', '--processes', '1', '--time', '20ms');
    expect(readdirSync(join(root, '.perfkit/report')).sort()).toEqual([
      'advice.json',
      'index.html',
      'run.json',
    ]);
    expect(readFileSync(join(root, '.perfkit/report/index.html'), 'utf8').trim().endsWith('</html>')).toBe(
      true,
    );
  });
});
