import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit, shell } from './cli.js';

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
    const piped = shell(root, '$PERFKIT leak top <(cat after.heapsnapshot)');
    expect(piped).toEqual({ ...top, stderr: '' });
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

/** Writes two heap profiles of programs that keep 4,000 and 8,000 arrays which a package makes. */
function withProfiles(): string {
  const root = folderWith({
    'node_modules/pads/index.js': 'exports.pad = function pad() { return new Array(100).fill(0.5); };',
    'keep.cjs':
      "const { pad } = require('pads');\nglobalThis.kept = Array.from({ length: Number(process.argv[2]) }, () => pad());\n",
  });
  for (const [name, count] of [
    ['before', '4000'],
    ['after', '8000'],
  ] as const) {
    const flags = ['--heap-prof', '--heap-prof-interval=2048', `--heap-prof-name=${name}.heapprofile`];
    execFileSync(process.execPath, [...flags, 'keep.cjs', count], { cwd: root });
  }
  return root;
}

describe('perfkit leak with heap profiles', () => {
  it('says what allocated most, by line, function and package', () => {
    const root = withProfiles();
    const top = perfkit(root, 'leak', 'top', 'after.heapprofile');
    expect(top.code).toBe(0);
    expect(top.stdout).toMatch(/^function at line +bytes +± +share +samples$/m);
    expect(top.stdout).toMatch(
      /^node_modules\/pads\/index\.js:1 +[67][\d.]* MiB +[\d.]+ KiB +9\d(\.\d)? % +[\d.]+k$/m,
    );
    const byFunction = perfkit(root, 'leak', 'top', 'after.heapprofile', '--by', 'function', '--limit', '1');
    expect(byFunction.stdout).toMatch(/^pad {2}node_modules\/pads\/index\.js:1 /m);
    const { by, bytes, sites } = JSON.parse(
      perfkit(root, 'leak', 'top', 'after.heapprofile', '--by', 'package', '--limit', '1', '--json').stdout,
    );
    expect({ by, sites }).toMatchObject({ by: 'package', sites: [{ package: 'pads' }] });
    expect(sites).toHaveLength(1);
    expect(sites[0].bytes).toBeLessThan(bytes);
    expect(sites[0].bytes / (8000 * 848)).toBeCloseTo(1, 0);
  });

  it('says what grew from one to the other', () => {
    const root = withProfiles();
    const diff = perfkit(root, 'leak', 'diff', 'before.heapprofile', 'after.heapprofile', '--by', 'package');
    expect(diff.code).toBe(0);
    expect(diff.stdout).toMatch(
      /^package +before +after +change +±\npads +[\d.]+ MiB +[\d.]+ MiB +\+[\d.]+ MiB +[\d.]+ KiB$/m,
    );
    const { sites } = JSON.parse(
      perfkit(root, 'leak', 'diff', 'after.heapprofile', 'before.heapprofile', '--json', '--limit', '1000')
        .stdout,
    );
    expect(sites.at(-1)).toMatchObject({ package: 'pads', line: 1 });
    expect(sites.at(-1).change).toBeLessThan(-0.8 * 4000 * 848);
    const same = perfkit(root, 'leak', 'diff', 'after.heapprofile', 'after.heapprofile');
    expect(same.stdout).toContain('Nothing changed.');
  });

  it('goes by what is in a file, whatever it is called', () => {
    const root = withProfiles();
    renameSync(join(root, 'after.heapprofile'), join(root, 'after.heapsnapshot'));
    renameSync(join(root, 'before.heapprofile'), join(root, 'before.json'));
    const { code, stdout } = perfkit(root, 'leak', 'diff', 'before.json', 'after.heapsnapshot');
    expect(code).toBe(0);
    expect(stdout).toContain('pads');
  });

  it('shows names from a file without what would act on the terminal', () => {
    const url = 'file:///app/\u001b[31mred\u202e.js';
    const frame = { functionName: 'a\nb', scriptId: '1', url, lineNumber: 0, columnNumber: 0 };
    const head = { callFrame: frame, selfSize: 10, id: 1, children: [] };
    const root = folderWith({ 'a.heapprofile': JSON.stringify({ head, samples: [] }) });
    const { stdout } = perfkit(root, 'leak', 'top', 'a.heapprofile', '--by', 'function');
    expect(stdout).toContain('a\\nb  /app/\\u001b[31mred\\u202e.js:1');
    for (const acting of ['\u001b', '\u202e']) expect(stdout).not.toContain(acting);
  });

  it('refuses what it cannot read, and a snapshot beside a profile', () => {
    const frame = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
    const profile = JSON.stringify({
      head: { callFrame: frame, selfSize: 0, id: 1, children: [] },
      samples: [],
    });
    const root = folderWith({
      'a.heapprofile': profile,
      'a.heapsnapshot': '{"snapshot":{}}',
      'cut.heapprofile': profile.slice(0, 90),
      'cut.bin': profile.slice(0, 90),
      'empty.heapprofile': '',
      'other.txt': 'hello',
      'other.json': '{"nodes":[]}',
    });
    for (const [args, message] of [
      [['top', 'gone.heapprofile'], 'gone.heapprofile cannot be read'],
      [['top', '.'], '. cannot be read'],
      [['top', 'cut.heapprofile'], 'cut.heapprofile is no whole heap profile'],
      [['top', 'cut.bin'], 'it ends early or is broken'],
      [['top', 'empty.heapprofile'], 'it is empty'],
      [
        ['top', 'other.txt'],
        'other.txt is neither a heap snapshot nor a heap profile: it begins with "hello"',
      ],
      [['top', 'other.json'], 'other.json is neither a heap snapshot nor a heap profile'],
      [
        ['diff', 'a.heapprofile', 'a.heapsnapshot'],
        'a.heapprofile is a heap profile and a.heapsnapshot a heap snapshot',
      ],
      [
        ['diff', 'a.heapsnapshot', 'a.heapprofile'],
        'a.heapsnapshot is a heap snapshot and a.heapprofile a heap profile',
      ],
      [['top', 'a.heapsnapshot', '--by', 'line'], '--by is for heap profiles'],
      [['top', 'a.heapprofile', '--by', 'moon'], 'Choices: "line", "function", "package"'],
      [['top', 'a.heapprofile', '--limit', '0'], '--limit is 0'],
      [['diff', 'a.heapprofile'], 'perfkit leak diff reads two files, and 1 is named.'],
    ] as const) {
      const { code, stdout, stderr } = perfkit(root, 'leak', ...args);
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(perfkit(root, 'leak', 'top', 'a.heapprofile').stdout).toContain('Nothing was sampled.');
  });
});
