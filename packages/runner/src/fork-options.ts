import type { ForkOptions } from 'node:child_process';
import {
  type Apart,
  LOADING_VARIABLE,
  type LoadingOptions,
  type Replacements,
  RUN_VARIABLE,
} from './protocol.js';

/** What of a variant decides how its processes are started. */
export interface Launch {
  /** Absolute folder; the working directory of its probes. */
  readonly root: string;
  /** Absolute path of the Node binary that its processes run on; default: this one. */
  readonly execPath?: string;
  /** Flags of Node for its processes. */
  readonly execArgv?: readonly string[];
  /** Added to the environment of its processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** Packages that its modules get from somewhere else than where they would find them. */
  readonly replace?: Replacements;
  /** Sources that its modules must not reach, such as the working tree that it shares `node_modules` with. */
  readonly apart?: Apart;
}

/**
 * How a process of a variant is forked: its folder, its Node binary, flags and environment, in a group of its own,
 * with its output piped. What perfkit itself puts into the environment is not the variant's to overrule.
 *
 * @param marker - Of the run; in the environment of all that it starts.
 */
export function forkOptionsOf(
  { root, execPath, execArgv, env, replace, apart }: Launch,
  {
    loading,
    plain = false,
    marker,
  }: { readonly loading: LoadingOptions; readonly plain?: boolean; readonly marker: string },
): ForkOptions {
  const options: LoadingOptions = {
    ...loading,
    plain,
    ...(replace !== undefined && { replace }),
    ...(apart !== undefined && { apart }),
  };
  return {
    cwd: root,
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      ...env,
      [LOADING_VARIABLE]: JSON.stringify(options),
      [RUN_VARIABLE]: marker,
    },
    ...(execPath !== undefined && { execPath }),
    execArgv: [...(execArgv ?? [])],
    serialization: 'json',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  };
}
