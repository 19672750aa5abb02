import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, runId } from '@perf/schema';
import { openStore } from '@perf/store';
import { beforeEach, describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, quick, shell } from './cli.js';

let root: string;
let runs: Run[];
let oddId: string;

const exported = (...args: string[]) => perfkit(root, 'export', ...args).stdout;
const imported = (file: string) => perfkit(root, 'import', file, '--store', 'other.sqlite');
const stored = (file: string) => {
  using store = openStore(join(root, file), { readonly: true });
  return [...store.exportDocuments()];
};

const byId = (list: readonly Run[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Two runs, one of them with a figure of -0 and a line separator in a name. */
beforeEach(() => {
  root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
  perfkit(root, 'run', '--processes', '1', ...quick);
  const [run] = stored('.perfkit/history.sqlite') as [Run];
  const odd = { ...run, seed: run.seed + 1, note: 'a\u2028b', least: -0 };
  odd.id = oddId = runId(odd);
  using store = openStore(join(root, '.perfkit/history.sqlite'));
  store.putRun(odd);
  runs = [...store.exportDocuments()];
});

describe('perfkit export', () => {
  it('writes one document to a line, and one run as one document', () => {
    expect(exported().trimEnd().split('\n')).toHaveLength(2);
    expect(JSON.parse(exported(oddId)).id).toBe(oddId);
  });

  it('says with --json which file it wrote', () => {
    const { stdout, stderr } = perfkit(root, 'export', '--out', 'x.jsonl', '--json');
    expect(JSON.parse(stdout)).toEqual({ file: 'x.jsonl', runs: 2 });
    expect(stderr).toContain('Wrote 2 runs to x.jsonl');
    const report = perfkit(root, 'report', oddId, '--out', 'r', '--json', '--format', 'text,html').stdout;
    expect(JSON.parse(report)).toEqual({ files: [join('r', 'report.txt'), join('r', 'index.html')] });
  });

  it('leaves nothing behind where it cannot write', () => {
    const { code, stderr } = perfkit(root, 'export', '--out', 'missing/dir/x.json');
    expect(stderr).toContain('Name a file in a folder that exists');
    expect(code).toBe(2);
    writeFileSync(join(root, 'a.txt'), '');
    expect(perfkit(root, 'export', '--out', '.')).toMatchObject({ code: 2 });
    expect(existsSync(`${root}.part`)).toBe(false);
  });
});

describe('perfkit import', () => {
  const layouts: [string, () => string][] = [
    ['lines', () => exported()],
    ['an indented document', () => JSON.stringify(runs[0], null, 2)],
    ['an array', () => JSON.stringify(runs)],
    ['an indented array after a byte order mark', () => `\uFEFF${JSON.stringify(runs, null, 2)}`],
    ['lines with empty ones and carriage returns', () => exported().replaceAll('\n', '\r\n\r\n')],
  ];
  it.each(layouts)('reads %s', (_, text) => {
    writeFileSync(join(root, 'x.json'), text());
    expect(imported('x.json')).toMatchObject({ code: 0, stderr: '' });
    expect(stored('other.sqlite').every((run) => runs.some(({ id }) => id === run.id))).toBe(true);
  });

  it('gets every number bit for bit, also from a pipe', () => {
    const line = '$PERFKIT export | $PERFKIT import /dev/stdin --store other.sqlite';
    expect(shell(root, line).stdout).toContain('Imported 2 of 2 runs');
    const odd = stored('other.sqlite').find(({ id }) => id === oddId) as Run & { least?: number };
    expect(odd.least).toBe(-0);
    expect(byId(stored('other.sqlite'))).toEqual(byId(runs));
  });

  it('names file and line of what it cannot read, and stores nothing of any file', () => {
    writeFileSync(join(root, 'good.jsonl'), exported());
    const [first, second] = exported().trimEnd().split('\n') as [string, string];
    const bad = {
      'cut.jsonl': [`${first}\n${second.slice(0, 99)}`, 'cut.jsonl:2: This is not JSON'],
      'newer.jsonl': [
        `${first}\n\n${second.replace('run@1', 'run@2')}`,
        'newer.jsonl:3: This cannot be imported',
      ],
      'indented.json': ['{\n  "schema": "perf/run@1",\n  oops\n}', 'indented.json:3: This is not JSON'],
      'empty.json': ['\n', 'empty.json holds no run.'],
    };
    for (const [name, [text, message]] of Object.entries(bad) as [string, [string, string]][]) {
      writeFileSync(join(root, name), text);
      const { code, stdout, stderr } = perfkit(root, 'import', 'good.jsonl', name, '--store', 'other.sqlite');
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(existsSync(join(root, 'other.sqlite'))).toBe(false);
    expect(readFileSync(join(root, 'good.jsonl'), 'utf8')).toBe(exported());
  });
});
