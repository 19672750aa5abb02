import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit } from './cli.js';

/** Writes two snapshots of a process that keeps a chain of 500 links between them. */
const program = `
const { writeHeapSnapshot } = require('node:v8');
class Link { constructor(next) { this.next = next; this.bytes = new Array(100).fill(0.5); } }
class Holder { chain = null; }
globalThis.holder = new Holder();
writeHeapSnapshot('before.heapsnapshot');
for (let i = 0; i < 500; i++) globalThis.holder.chain = new Link(globalThis.holder.chain);
writeHeapSnapshot('after.heapsnapshot');
`;

function withSnapshots(): string {
  const root = folderWith({ 'program.cjs': program });
  execFileSync(process.execPath, ['program.cjs'], { cwd: root });
  return root;
}

describe('perfkit leak', () => {
  it('says what retains most, and what was added and where it hangs', () => {
    const root = withSnapshots();
    const top = perfkit(root, 'leak', 'top', 'after.heapsnapshot');
    expect(top.code).toBe(0);
    expect(top.stdout).toMatch(/^constructor +objects +own +retained$/m);
    const { constructors } = JSON.parse(
      perfkit(root, 'leak', 'top', 'after.heapsnapshot', '--json', '--limit', '1000').stdout,
    );
    const link = constructors.find(({ name }: { name: string }) => name === 'Link');
    expect(link.count).toBe(500);
    expect(link.retained).toBeGreaterThan(500 * 800);
    const diff = perfkit(root, 'leak', 'diff', 'before.heapsnapshot', 'after.heapsnapshot');
    expect(diff.code).toBe(0);
    expect(diff.stdout).toMatch(/^Link +500 +0 +\+/m);
    expect(diff.stdout).toMatch(/holder: Holder › chain: Link/);
    const same = perfkit(root, 'leak', 'diff', 'after.heapsnapshot', 'after.heapsnapshot');
    expect(same.stdout).toContain('No object was added or removed.');
  });

  it('refuses files that are missing, cut short or no snapshots, and the wrong number of them', () => {
    const root = folderWith({ 'a.heapsnapshot': '{}' });
    writeFileSync(join(root, 'cut.heapsnapshot'), '{"snapshot":{"meta":{"node_fields":["type"');
    for (const [args, message] of [
      [['top', 'gone.heapsnapshot'], 'gone.heapsnapshot cannot be read'],
      [['top', 'a.heapsnapshot'], 'a.heapsnapshot is no whole heap snapshot'],
      [['top', 'cut.heapsnapshot'], 'cut.heapsnapshot is no whole heap snapshot'],
      [['top', 'a.heapsnapshot', 'a.heapsnapshot'], 'perfkit leak top reads one file, and 2 are named.'],
      [['diff', 'a.heapsnapshot'], 'perfkit leak diff reads two files, and 1 is named.'],
      [['shrink', 'a.heapsnapshot'], 'Invalid values'],
    ] as const) {
      const { code, stdout, stderr } = perfkit(root, 'leak', ...args);
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(readFileSync(join(root, 'a.heapsnapshot'), 'utf8')).toBe('{}');
  });
});
