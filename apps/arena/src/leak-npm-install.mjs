import { execFileSync } from 'node:child_process';

/** Installs packages, or what the folder's package.json names, without running their install scripts. */
export function npmInstall(folder, ...packages) {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...flags, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
