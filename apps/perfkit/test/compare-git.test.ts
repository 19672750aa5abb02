import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit, perfkitWith, shell, startPerfkit } from './cli.js';
import { commit, costFile, costs, git, heldFolders, repositoryWith, write } from './repository.js';

const flags = ['--json', '--processes', '1', '--no-html', '--no-reach'];

/** Runs a comparison whose temporary folders are apart from those of others. */
function compare(cwd: string, ...args: string[]) {
  const temporary = folderWith();
  const ended = perfkitWith({ TMPDIR: temporary }, cwd, 'compare', ...args, ...flags);
  expect(heldFolders(temporary)).toEqual([]);
  return ended;
}

/** What each side has measured, by the name of the probe. */
function costsIn({ stdout, stderr }: { stdout: string; stderr: string }): Record<string, [number, number]> {
  expect(stdout, stderr).not.toBe('');
  const { comparisons } = JSON.parse(stdout);
  return Object.fromEntries(
    comparisons.map(({ probe, center }: { probe: { name: string }; center: { a: number; b: number } }) => [
      probe.name,
      [center.a, center.b],
    ]),
  );
}

const project = { 'x.perf.js': costFile('./x.js'), 'x.js': costs(1), 'package.json': '{"type":"module"}' };

describe('perfkit compare in a repository', () => {
  it('compares what is on the branch and not committed with where it left the default branch', () => {
    const root = repositoryWith(project);
    git(root, 'checkout', '--quiet', '-b', 'topic');
    commit(root, { 'x.js': costs(2) });
    git(root, 'checkout', '--quiet', 'main');
    commit(root, { 'x.js': costs(7) });
    git(root, 'checkout', '--quiet', 'topic');
    write(root, { 'x.js': costs(3) });
    const marker = join(root, 'hooked');
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    writeFileSync(join(root, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    const ended = compare(root);
    expect(existsSync(marker)).toBe(false);
    expect(costsIn(ended)).toEqual({ cost: [1, 3] });
    expect(ended.stderr).toContain('is where HEAD left main.');
    const { variants } = JSON.parse(ended.stdout);
    expect(variants).toMatchObject({
      a: { label: `git:merge-base (${git(root, 'rev-parse', '--short=7', 'main^')})` },
      b: { label: 'working tree' },
    });
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1);
    expect(git(root, 'status', '--porcelain')).toBe('M x.js');
  });

  it('gives a version the perf files that it lacks, and keeps its own where they differ', () => {
    const root = repositoryWith({ ...project, 'y.js': costs(10) });
    write(root, {
      'x.js': costs(2),
      'x.perf.js': costFile('./x.js').replace('value: cost', 'value: cost * 100'),
      'y.js': costs(20),
      'bench/y.perf.js': costFile('../y.js', { name: 'new' }),
      'new.js': costs(1),
      'new.perf.js': costFile('./new.js', { name: 'newer' }),
    });
    const each = compare(root);
    expect(costsIn(each)).toEqual({ cost: [1, 200], new: [10, 20] });
    expect(each.stderr).toContain('gets bench/y.perf.js of b, having none of its own.');
    expect(each.stderr).toMatch(
      /Measured on b alone, as it cannot be loaded in git:.*: new\.perf\.js: Cannot find module/,
    );
    expect(each.code).not.toBe(3);
    const ofB = compare(root, '--files-from', 'b', 'git:HEAD', '.', 'x.perf.js', 'bench');
    expect(costsIn(ofB)).toEqual({ cost: [100, 200], new: [10, 20] });
  });

  it('measures the folder it is run in, once a command has made the version ready', () => {
    const files = { ...project, 'x.perf.js': costFile('./dist/x.js') };
    const inside = Object.entries(files).map(([name, text]) => [`packages/p/${name}`, text]);
    const root = repositoryWith({ '.gitignore': 'dist\n.perfkit\n' });
    commit(root, Object.fromEntries(inside));
    write(root, { 'packages/p/dist/x.js': costs(4) });
    const folder = join(root, 'packages/p');
    const built = compare(folder, 'git:HEAD', '.', '--prepare', 'mkdir dist && cp x.js dist/');
    expect(costsIn(built)).toEqual({ cost: [1, 4] });
    expect(compare(folder, 'git:HEAD', '.', '--prepare', 'false')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /"false" failed in git:HEAD \(\w{7}\): it ended with code 1 and no word\./,
      ),
    });
    expect(compare(folder, 'git:HEAD^')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has no directory packages/p.'),
    });
  });

  it('refuses, with the next step, what cannot be compared', () => {
    const root = repositoryWith(project);
    const refused = (cwd: string, ...args: string[]) => {
      const { code, stdout, stderr } = compare(cwd, ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      return stderr;
    };
    expect(refused(root, 'git:mian')).toContain('git knows no commit "mian" here.');
    expect(refused(folderWith(project))).toContain(
      'is not in a git repository. Run it in one, or name two variants',
    );
    expect(perfkitWith({ PATH: folderWith() }, root, 'compare').stderr).toContain(
      'There is no git on this machine',
    );
    commit(root, { 'x.js': costs(2) });
    const shallow = join(folderWith(), 'clone');
    git(root, 'clone', '--quiet', '--depth', '1', `file://${root}`, shallow);
    expect(refused(shallow)).toContain('"fetch-depth: 0" with actions/checkout');
  });
});

describe('the worktree of a comparison', () => {
  it('shares the installed packages, but has links of workspaces lead into its own sources', () => {
    const root = repositoryWith({
      'package.json': '{"type":"module","workspaces":["packages/*"]}',
      'package-lock.json': '{"lockfileVersion":3}',
      'packages/app/package.json': '{"type":"module"}',
      'packages/app/x.perf.js': costFile('', {
        take: "import { cost as own } from '@me/core';\nimport { cost as other } from 'other';\nimport near from 'near';\nconst cost = own + other + near.cost;",
      }),
      'packages/core/package.json': '{"name":"@me/core","type":"module","exports":"./core.js"}',
      'packages/core/core.js': costs(1),
    });
    write(root, {
      'packages/core/core.js': costs(2),
      'node_modules/other/package.json': '{"name":"other","type":"module","exports":"./other.js"}',
      'node_modules/other/other.js': costs(10),
      'packages/app/node_modules/near/index.js': 'exports.cost = 100;\n',
    });
    mkdirSync(join(root, 'node_modules/@me'));
    symlinkSync('../../packages/core', join(root, 'node_modules/@me/core'));
    expect(costsIn(compare(root, 'git:HEAD'))).toEqual({ cost: [111, 112] });
  });

  it('refuses a shared package that leads back into the sources of the working tree', () => {
    const root = repositoryWith({
      'package.json': '{"type":"module","workspaces":["core"]}',
      'x.perf.js': costFile('plugin'),
      'core/package.json': '{"name":"core","type":"module","exports":"./core.js"}',
      'core/core.js': costs(1),
    });
    write(root, {
      'core/core.js': costs(2),
      'node_modules/plugin/package.json': '{"name":"plugin","type":"module","exports":"./plugin.js"}',
      'node_modules/plugin/plugin.js': "export { cost } from 'core';\n",
    });
    symlinkSync('../core', join(root, 'node_modules/core'));
    const { stderr, code } = compare(root, 'git:HEAD');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /x\.perf\.js cannot be loaded in git:.*"core" leads out of this version to .*core\.js/,
    );
    expect(stderr).toContain('--install always');
  });

  it('gets dependencies of its own where the lockfile differs', () => {
    const root = repositoryWith({ ...project, 'x.perf.js': costFile('dep') });
    const depend = (cost: number) => {
      const dependency = folderWith({
        'package.json': `{"name":"dep","version":"${cost}.0.0","type":"module","exports":"./dep.js"}`,
        'dep.js': costs(cost),
      });
      write(root, { 'package.json': `{"type":"module","dependencies":{"dep":"file:dep-${cost}.0.0.tgz"}}` });
      const installed = shell(root, `npm pack --silent ${dependency} && npm install --no-audit --no-fund`);
      expect(installed, installed.stderr).toMatchObject({ code: 0 });
    };
    depend(1);
    commit(root, {});
    depend(2);
    const ended = compare(root, 'git:HEAD');
    expect(ended.stderr).toMatch(/with npm: package-lock\.json is not that of the working tree\./);
    expect(costsIn(ended)).toEqual({ cost: [1, 2] });
    expect(costsIn(compare(root, 'git:HEAD', '.', '--install', 'never'))).toEqual({ cost: [2, 2] });
  });

  it('is removed on Ctrl-C, and when a second one ends the process at once', async () => {
    const root = repositoryWith(project);
    for (const signals of [['SIGINT'], ['SIGTERM'], ['SIGINT', 'SIGINT']] as const) {
      const marker = join(root, 'marker');
      const prepare = `touch ${marker}; sleep 60`;
      const child = startPerfkit(root, 'compare', 'git:HEAD', '.', '--prepare', prepare, ...flags);
      while (!existsSync(marker)) await sleep(20);
      expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(2);
      for (const signal of signals) child.kill(signal);
      expect(await once(child, 'close')).toEqual([130, null]);
      expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1);
      git(root, 'clean', '--quiet', '--force');
    }
  });

  it('is removed by the next comparison if its own was killed, and by that alone', async () => {
    const root = repositoryWith(project);
    const start = (marker: string) =>
      startPerfkit(root, 'compare', 'git:HEAD', '.', '--prepare', `touch ${marker}; sleep 20`, ...flags);
    const [killed, alive] = [join(folderWith(), 'killed'), join(folderWith(), 'alive')];
    const [first, second] = [start(killed), start(alive)];
    while (!existsSync(killed) || !existsSync(alive)) await sleep(20);
    first.kill('SIGKILL');
    await once(first, 'close');
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(3);
    expect(perfkit(root, 'compare', 'git:HEAD', '.', ...flags).code).toBe(0);
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(2);
    second.kill('SIGTERM');
    await once(second, 'close');
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1);
  });
});
