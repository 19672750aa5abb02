import { pnpm, turbo } from './pnpm.mjs';
import { isInstalled, rememberInstall } from './setup-state.mjs';
import { runStep } from './step.mjs';

/**
 * Installs what the lockfile names, if that has not been done, and builds what is out of date.
 *
 * @param {string[]} packages - Turbo filters of what has to be built; all packages when empty.
 */
export async function prepare(packages = []) {
  if (!isInstalled()) {
    await runStep({
      name: 'install',
      run: pnpm(['install', '--frozen-lockfile', '--reporter=append-only']),
      // Without a terminal pnpm would refuse to replace an older node_modules; nothing here asks a question.
      env: { CI: 'true' },
      notes: [
        {
          when: /better-sqlite3.*install\$/,
          say: 'SQLite: fetching the prebuilt binary, which takes seconds ...',
        },
        {
          when: /better-sqlite3.*(No prebuilt binaries|node-gyp|gyp info|prebuild-install (warn|ERR)|make: )/i,
          say: 'SQLite: no prebuilt binary can be had here, so it is compiled from source. This takes 1 to 2 minutes, once.',
        },
      ],
      remedy:
        'Read the first error above. If it is about better-sqlite3: compiling SQLite needs Python 3, make and a C++ compiler.\n' +
        'If it is about the lockfile: you changed a package.json; run `pnpm install`, or the same through npx.\n' +
        'If it is about the network: the packages come from the registry that `npm config get registry` names.',
    });
    rememberInstall();
  }
  await runStep({
    name: 'build',
    run: turbo([
      'run',
      'build',
      '--ui=stream',
      '--log-order=stream',
      ...packages.map((name) => `--filter=${name}`),
    ]),
    remedy: 'The sources do not build. `git status` shows what differs from the commit.',
  });
}
