import { type Reach, readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit } from './cli.js';

const lib = `/** Sums. */
export function used(text: string): number {
  let sum = 0;
  for (const letter of text) sum += letter.charCodeAt(0);
  if (sum < 0) {
    sum = 1;
  }
  return sum;
}
export const unused = (value: number): number => value * 2;
export class Cache {
  readonly map = new Map<string, number>([['k', 1]]);
  get(key: string): number | undefined {
    return this.map.get(key);
  }
}
`;
const perf = `import { bench, suite } from '@perf/bench';
import { Cache, used } from './lib.js';
const cache = new Cache();
export default suite('lib', {
  sum: bench(() => used('abc')),
  get: bench(() => cache.get('k')),
  own: bench(() => used('abc')),
});
`;
const manifest = '{ "name": "lib", "type": "module" }';
const before = { 'package.json': manifest, 'lib.ts': lib, 'x.perf.ts': perf, 'README.md': 'one\n' };

const quick = ['--pairing', 'processes', '--processes', '1', '--time', '1ms', '--no-html'];

/** Labels by probe of a comparison with a copy in which these files are different. */
function labels(
  changed: Readonly<Record<string, string>>,
  ...flags: string[]
): { reaches: Record<string, Reach | undefined>; stderr: string } {
  const all = (side: string, files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${side}/${name}`, text]));
  const root = folderWith({
    ...all('before', before),
    ...all('after', { ...before, ...changed }),
    'perf.config.yaml': 'warmup: 1ms\n',
  });
  const { stdout, stderr } = perfkit(root, 'compare', 'before', 'after', '--json', ...quick, ...flags);
  const { comparisons } = readDocument('comparison', JSON.parse(stdout));
  return { reaches: Object.fromEntries(comparisons.map(({ probe, reach }) => [probe.name, reach])), stderr };
}

describe('whether the diff reached a probe', () => {
  it('is said of each: through which function, not at all, or that the probe itself changed', () => {
    const { reaches } = labels({
      'lib.ts': lib
        .replace('sum = 1', 'sum = 2')
        .replace('value * 2', 'value * 3')
        .replace('this.map.get(key)', 'this.map.get(key) ?? 0')
        .replace('Sums.', 'Adds up.'),
      'x.perf.ts': perf.replace("own: bench(() => used('abc'))", "own: bench(() => used('abcd'))"),
      'README.md': 'two\n',
    });
    expect(reaches).toEqual({
      sum: { label: 'not-executed' },
      get: { label: 'reachable', places: [{ file: 'lib.ts', line: 14, function: 'Cache.get', side: 'b' }] },
      own: { label: 'benchmark-changed', reason: expect.stringContaining('probe itself differs') },
    });
  });

  it('is unknown where something else differs that may act on it', () => {
    const { reaches } = labels(
      {
        'lib.ts': lib
          .replace('value * 2', 'value * 3')
          .replace('export class', 'const limit = 1;\nexport class'),
        'package-lock.json': '{}',
      },
      '--only',
      'sum',
    );
    expect(reaches.sum).toEqual({
      label: 'unknown',
      reason:
        'package-lock.json differs, and with it the dependencies may; module-level code differs: lib.ts:11',
    });
  });

  it('is not looked at where nobody wants it, and runs nothing where the code is the same', () => {
    const { reaches, stderr } = labels(
      { 'lib.ts': lib.replace('sum = 1', 'sum = 2') },
      '--no-reach',
      '--only',
      'sum',
    );
    expect(reaches).toEqual({ sum: undefined });
    expect(stderr).not.toContain('--no-reach');
    const root = folderWith(before);
    const same = perfkit(root, 'compare', '.', '.', '--b-flag=--no-opt', '--json', '--only', 'sum', ...quick);
    expect(same.stderr).not.toContain('--no-reach');
    const [first] = readDocument('comparison', JSON.parse(same.stdout)).comparisons;
    expect(first?.reach).toEqual({
      label: 'unknown',
      reason: expect.stringContaining('flags of Node.js differ'),
    });
  });
});
