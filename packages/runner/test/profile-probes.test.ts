import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProfiledProbe } from '../src/index.js';
import { profileName } from '../src/profiling/profile-name.js';
import { built } from './built.js';
import { planFor } from './measuring.js';
import { project } from './project.js';

/** A perf file of these probes, each with a body for `profile`, or none. */
function perfFile(probes: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(probes).map(
    ([name, body]) =>
      `${JSON.stringify(name)}: { kind: 'fixture', params: {}, measure: () => Promise.reject(new Error('measured')),
        ${body === undefined ? '' : `async profile(context) { ${body} }`} }`,
  );
  return `import { fails, skip, suite } from '@perf/schema';
const taken = (profile) => ({ profile, interval: 5, samples: 1, overhead: { unavailable: 'not asked for' } });
export default suite('a', { ${entries.join(',\n')}, left: skip({ kind: 'x', params: {}, measure() {} }),
  broken: fails({ kind: 'x', params: {}, measure() {} }) });`;
}

async function profileFolder(
  files: Record<string, string>,
): Promise<{ folder: string; profiled: ProfiledProbe[] }> {
  const root = project(files);
  const folder = join(root, 'out', 'run');
  const { discover, profileProbes } = await built();
  const variant = { label: 'only', root, files: await discover(root) };
  const profiled: ProfiledProbe[] = [];
  for await (const event of profileProbes({ ...planFor(root), variant, folder })) {
    if (event.type === 'planned') expect(event.total).toBe(Object.keys(files).length * 4);
    if (event.type === 'profiled') profiled.push(event.profiled);
  }
  return { folder, profiled };
}

describe('profileProbes', () => {
  it('writes what each probe gives, and says why another has none', async () => {
    const { folder, profiled } = await profileFolder({
      'a.perf.mjs': perfFile({
        both: 'return { cpu: taken({ seed: context.seed }), heap: taken({ head: 1 }), apart: 1.5 };',
        one: "return { cpu: taken({}), heap: { unavailable: 'no heap' } };",
        throws: "throw new Error('no such table');",
        neither: undefined,
      }),
    });
    const byName = Object.fromEntries(profiled.map((one) => [one.probe.name, one]));
    expect(byName.both).toMatchObject({
      apart: 1.5,
      cpu: { interval: 5, samples: 1, overhead: { unavailable: 'not asked for' } },
    });
    expect(byName.both?.cpu).not.toHaveProperty('profile');
    const files = [byName.both?.cpu, byName.both?.heap, byName.one?.cpu].map((profile) =>
      profile !== undefined && 'file' in profile ? profile.file : '',
    );
    expect(files.map((file) => basename(file)).toSorted()).toEqual(readdirSync(folder).toSorted());
    expect(files[0]).toMatch(/a-both-[0-9a-f]{8}\.cpuprofile$/);
    expect(files[1]).toMatch(/a-both-[0-9a-f]{8}\.heapprofile$/);
    expect(JSON.parse(readFileSync(files[0] ?? '', 'utf8'))).toEqual({ seed: 8 });
    expect(byName.one?.heap).toEqual({ unavailable: 'no heap' });
    expect(byName.throws?.cpu).toEqual({ unavailable: 'no such table' });
    expect(byName.neither?.heap).toEqual({ unavailable: 'Probes of the kind "fixture" cannot be profiled.' });
  });

  it('keeps every file in its folder, whatever probes are called', async () => {
    const body = 'return { cpu: taken({}), heap: taken({}) };';
    const hostile = ['../../escape', 'nul', `${'long '.repeat(90)}`, '\u202e\u0000/\\:*?"<>|'];
    const { folder, profiled } = await profileFolder({
      'a.perf.mjs': perfFile(Object.fromEntries(hostile.map((name) => [name, body]))),
    });
    const files = profiled.flatMap(({ cpu, heap }) =>
      [cpu, heap].map((profile) => ('file' in profile ? profile.file : 'missing')),
    );
    expect(files).toHaveLength(8);
    for (const file of files) {
      expect(dirname(file)).toBe(folder);
      expect(basename(file)).toMatch(/^[a-z0-9-]{1,90}\.(cpu|heap)profile$/);
      expect(statSync(file).isFile()).toBe(true);
    }
    expect(new Set(files).size).toBe(8);
  });
});

describe('the name of a profile', () => {
  const probe = (name: string, params = {}) => ({ suite: 'cache', name, kind: 'bench', params });

  it('can be read, and tells apart what reads alike', () => {
    expect(profileName(probe('get, hit'))).toMatch(/^cache-get-hit-[0-9a-f]{8}$/);
    expect(profileName(probe('Überprüfen', { n: 10 }))).toMatch(/^cache-uberprufen-n-10-[0-9a-f]{8}$/);
    expect(profileName({ ...probe('読む'), suite: '本' })).toMatch(/^[0-9a-f]{8}$/);
    expect(profileName(probe('get hit'))).not.toBe(profileName(probe('get, hit')));
    expect(profileName({ ...probe('get'), kind: 'load' })).not.toBe(profileName(probe('get')));
  });
});
