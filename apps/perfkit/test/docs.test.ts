import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderWith } from './cli.js';

const docs = new URL('../../../docs/', import.meta.url);
const bin = fileURLToPath(new URL('../bin/perfkit.mjs', import.meta.url));
const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));

/** Pages whose commands need nothing but this folder; those of others are marked in their own tests. */
const runnable = ['quick-start.md', 'usage.md', 'configuration.md', 'troubleshooting.md'];

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(new URL(page, docs), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }));
}

/** A block whose first line is a comment with the name of a file is that file. */
function fileOf({ text }: Block): { name: string; body: string } | undefined {
  const [, name, body] = /^(?:\/\/|#) ([\w.-]+\.(?:ts|yaml|json))\n(.*)$/s.exec(text) ?? [];
  return name === undefined || body === undefined ? undefined : { name, body };
}

/** A folder like that of a user who has installed perfkit. */
function userFolder(page: string): string {
  const root = join(folderWith(), 'project');
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(bin, join(root, 'node_modules', '.bin', 'perfkit'));
  for (const block of blocksOf(page)) {
    const file = fileOf(block);
    if (file !== undefined) writeFileSync(join(root, file.name), file.body);
  }
  return root;
}

it.each(runnable)('every command of docs/%s does what it says', (page) => {
  const root = userFolder(page);
  if (page === 'troubleshooting.md') {
    for (const file of blocksOf('usage.md').map(fileOf)) {
      if (file !== undefined) writeFileSync(join(root, file.name), file.body);
    }
  }
  const commands = blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trim().split('\n'));
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const { status, stderr, stdout } = spawnSync('bash', ['-c', command], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', CI: '', NODE_OPTIONS: '' },
    });
    expect(status, `${command}\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`).toBe(0);
  }
});

it('no page has commands that no test runs', () => {
  const elsewhere = ['github.md'];
  const withCommands = pages.filter((page) => blocksOf(page).some(({ language }) => language === 'sh'));
  expect(withCommands.filter((page) => !runnable.includes(page) && !elsewhere.includes(page))).toEqual([]);
});
