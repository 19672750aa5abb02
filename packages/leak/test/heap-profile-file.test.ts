import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type HeapProfile,
  type HeapProfileNode,
  heapProfileDiff,
  heapProfileTop,
  profileHeap,
  readHeapProfile,
  writeHeapProfile,
} from '../src/index.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'perfkit-heap-profile-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** What `node --heap-prof` writes of a program that keeps 5,000 arrays. */
function ofNode(root: string): string {
  const program = join(root, 'keep.cjs');
  writeFileSync(
    program,
    'const kept = [];\n\nfunction keep() { kept.push(new Array(100).fill(0.5)); }\nfor (let i = 0; i < 5000; i += 1) keep();\nObject.assign(globalThis, { kept, keep });\n',
  );
  execFileSync(process.execPath, [
    '--heap-prof',
    '--heap-prof-interval=4096',
    '--heap-prof-dir',
    root,
    program,
  ]);
  return join(root, readdirSync(root).find((name) => name.endsWith('.heapprofile')) as string);
}

/** The names of all fields, with what their values are. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** A stack so many functions deep, the innermost of which allocated 100 bytes. */
function chain(depth: number): HeapProfile {
  const callFrame = { scriptId: '1', url: 'file:///app/deep.js', lineNumber: 0, columnNumber: 0 };
  let node: HeapProfileNode | undefined;
  for (let id = depth; id >= 1; id -= 1) {
    const functionName = id === 1 ? '(root)' : `level${id}`;
    const children = node === undefined ? [] : [node];
    node = {
      callFrame: { ...callFrame, functionName },
      selfSize: node === undefined ? 100 : 0,
      id,
      children,
    };
  }
  return { head: node as HeapProfileNode, samples: [{ size: 100, nodeId: depth, ordinal: 1 }] };
}

describe('a .heapprofile file', () => {
  it('of node --heap-prof is read, and written again as it was', async () => {
    const root = folder();
    const file = ofNode(root);
    const profile = await readHeapProfile(file);
    const [most] = heapProfileTop(profile, { by: 'function' }).sites;
    expect(most).toMatchObject({ function: 'keep', file: join(root, 'keep.cjs'), line: 3 });
    expect(most?.bytes).toBeGreaterThan(0.9 * 5000 * 848);
    const again = join(root, 'again.heapprofile');
    await writeHeapProfile(again, profile);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
  });

  it('has the fields that node --heap-prof writes, in their order, and no others', async () => {
    const root = folder();
    const theirs = JSON.parse(readFileSync(ofNode(root), 'utf8')) as HeapProfile;
    const own = await profileHeap(() => Array.from({ length: 10_000 }, () => ({})), { intervalBytes: 1024 });
    const file = join(root, 'own.heapprofile');
    await writeHeapProfile(file, own);
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(JSON.stringify(own));
    const written = JSON.parse(text) as HeapProfile;
    expect(Object.keys(written)).toEqual(Object.keys(theirs));
    expect(shapeOf({ ...written.head, children: [] })).toEqual(shapeOf({ ...theirs.head, children: [] }));
    expect(Object.keys(written.head)).toEqual(Object.keys(theirs.head));
    expect(Object.keys(written.head.callFrame)).toEqual(Object.keys(theirs.head.callFrame));
    expect(shapeOf(written.samples)).toEqual(shapeOf(theirs.samples));
    expect(await readHeapProfile(file)).toEqual(own);
  });

  it('leaves out what a profile object holds beside', async () => {
    const file = join(folder(), 'more.heapprofile');
    const more = { ...chain(3), startTime: 1, note: 'mine' };
    await writeHeapProfile(file, more);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(chain(3));
    writeFileSync(file, JSON.stringify(more));
    expect(await readHeapProfile(file)).toEqual(chain(3));
  });

  it('may be of any depth and width', async () => {
    const file = join(folder(), 'deep.heapprofile');
    const depth = 30_000;
    await writeHeapProfile(file, chain(depth));
    const deep = await readHeapProfile(file);
    const [site] = heapProfileTop(deep, { by: 'function' }).sites;
    expect(site).toMatchObject({ function: `level${depth}`, bytes: 100, samples: 1 });
    expect(heapProfileDiff(chain(2), deep).bytes).toEqual({ before: 100, after: 100 });
    const { head } = chain(2);
    const wide = { head: { ...head, children: Array.from({ length: 150_000 }, () => head) }, samples: [] };
    await writeHeapProfile(file, wide);
    expect(heapProfileTop(await readHeapProfile(file)).bytes).toBe(150_000 * 100);
  });

  it('may have names of any length and characters', async () => {
    const file = join(folder(), 'names.heapprofile');
    const name = `${'long '.repeat(100_000)}"\\\n\u2028\ud800`;
    const { head, samples } = chain(1);
    const named = {
      head: { ...head, callFrame: { ...head.callFrame, functionName: name, url: name } },
      samples,
    };
    await writeHeapProfile(file, named);
    const read = await readHeapProfile(file);
    expect(read).toEqual(named);
    expect(heapProfileTop(read, { by: 'package' }).sites[0]?.package).toBe('(program)');
  });
});

describe('what is no heap profile', () => {
  const whole = JSON.stringify(chain(3));
  const [node] = chain(1).head.children;
  const { head, samples } = chain(1);
  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['callFrame', 'it is no JSON'],
    [whole.slice(0, whole.length / 2), 'it ends early or is broken'],
    [whole.slice(0, -1), 'it ends early or is broken'],
    ['null', 'it holds no object'],
    ['[]', 'it holds no object'],
    ['{}', 'it has no "head"'],
    ['{"nodes":[],"startTime":1}', 'a CPU profile has none'],
    ['{"snapshot":{},"nodes":[]}', 'it is a heap snapshot'],
    [JSON.stringify({ head }), 'its "samples" are no list'],
    [JSON.stringify({ head: 1, samples }), 'node 1 of its tree is no object'],
    [JSON.stringify({ head: { ...head, children: [null] }, samples }), 'node 2 of its tree is no object'],
    [
      JSON.stringify({ head: { ...head, children: node }, samples }),
      'node 1 of its tree has no list of "children"',
    ],
    [JSON.stringify({ head: { ...head, selfSize: -1 }, samples }), 'node 1 of its tree has no "selfSize"'],
    [JSON.stringify({ head: { ...head, id: 'a' }, samples }), 'node 1 of its tree has no "id"'],
    [JSON.stringify({ head: { ...head, callFrame: {} }, samples }), 'node 1 of its tree has no "callFrame"'],
    [
      JSON.stringify({ head, samples: [samples[0], { size: 1 }] }),
      'sample 2 lacks its "size", "nodeId" or "ordinal"',
    ],
  ])('is refused: %s', async (text, why) => {
    const file = join(folder(), 'bad.heapprofile');
    writeFileSync(file, text);
    await expect(readHeapProfile(file)).rejects.toThrow(
      expect.objectContaining({
        name: 'LeakError',
        code: 'leak/heap-profile',
        message: expect.stringContaining(why) as string,
        remedy: expect.stringContaining('.heapprofile') as string,
      }),
    );
  });

  it('is told from what is not there', async () => {
    await expect(readHeapProfile(join(folder(), 'gone.heapprofile'))).rejects.toThrow('ENOENT');
  });
});
