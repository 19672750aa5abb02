import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The command line that runs the pinned pnpm, whether or not one is installed.
 *
 * `npx` puts that pnpm on the PATH of what it starts, so turbo finds the same one.
 *
 * @param {string[]} args - What to hand to pnpm.
 * @returns {{ command: string, args: string[], shell: boolean }} For `spawn`; npx is a script on Windows.
 */
export function pnpm(args) {
  const { packageManager } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return { command: 'npx', args: ['--yes', packageManager, ...args], shell: process.platform === 'win32' };
}

/** The command line that runs turbo with the pinned pnpm. */
export function turbo(args) {
  return pnpm(['exec', 'turbo', ...args]);
}

/** The environment of everything that the bootstrap starts. */
export const environment = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  // Test results are kept per version of Node: see `test` in turbo.json.
  PERFKIT_NODE_VERSION: process.version,
  // Nothing that the bootstrap runs reads declarations, and they are most of the time of a build.
  PERFKIT_DECLARATIONS: 'off',
  npm_config_update_notifier: 'false',
};
