import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, perfkitWith, quick, shell } from './cli.js';

/** A pipe whose reader closes it at once. */
const toNobody = '| (exec <&-; sleep 0.3)';

describe('output that nobody reads any more', () => {
  it('changes neither the exit code nor stderr', () => {
    expect(shell(folderWith(), `$PERFKIT doctor --json ${toNobody}`)).toMatchObject({ code: 0, stderr: '' });
  });

  it('costs neither the run nor its report', () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    const ended = shell(root, `$PERFKIT run --json --processes 1 --time 20ms ${toNobody}`);
    expect(ended.stderr).not.toContain('EPIPE');
    expect(ended.code).toBe(0);
    expect(existsSync(join(root, '.perfkit/report/index.html'))).toBe(true);
    expect(shell(root, `$PERFKIT export ${toNobody}`)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a report that cannot be written', () => {
  it('still prints the result, and ends with 2 and what to do', () => {
    const root = folderWith({
      'a.perf.ts': benchFile('a', 'spin', 300),
      'perf.config.yaml': 'report: taken\n',
    });
    writeFileSync(join(root, 'taken'), '');
    const { code, stdout, stderr } = perfkit(root, 'run', '--json', '--processes', '1', '--time', '20ms');
    expect(JSON.parse(stdout).status).toBe('complete');
    expect(stderr).toContain('or leave it out with --no-html.');
    expect(code).toBe(2);
    const again = perfkit(root, 'report', '--out', 'taken');
    expect(again.stderr).toContain('Name a folder that can be made and written to with --out.');
    expect(again.code).toBe(2);
  });
});

describe('text from outside', () => {
  it.each([
    ['the command line', ['compare', 'no\u001b[2Jwhere', 'else'], 'There is no directory no\\u001b[2Jwhere.'],
    ['a file name', ['import', 'no\u202ewhere'], 'no\\u202ewhere cannot be read'],
  ])('in %s reaches the terminal without its control characters', (_, args, shown) => {
    expect(perfkit(folderWith(), ...args).stderr).toContain(shown);
  });

  it('in a branch, an id or a folder does not either', () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    perfkit(root, 'run', '--processes', '1', ...quick);
    const branch = 'x\u001b[31m';
    expect(perfkit(root, 'baseline', 'set', '--branch', branch).stdout).toContain('branch x\\u001b[31m');
    const document = JSON.parse(perfkit(root, 'export').stdout);
    writeFileSync(join(root, 'b.json'), JSON.stringify({ ...document, id: '\u001b]0;id\u0007' }));
    expect(perfkit(root, 'import', 'b.json').stderr).toContain('Run \\u001b]0;id');
    mkdirSync(join(root, 'out\u001b[0m'));
    expect(perfkit(root, 'report', '--out', 'out\u001b[0m').stderr).toContain(
      'Wrote out\\u001b[0m/report.txt',
    );
  });
});

it('suggests flags in any locale', () => {
  const { stderr } = perfkitWith(
    { LC_ALL: 'de_DE.UTF-8', LANG: 'de' },
    folderWith(),
    'run',
    '--procesess',
    '3',
  );
  expect(stderr).toContain('Did you mean "--processes"?');
});
