import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describeError } from '@perf/schema/core';
import { UsageError } from '../usage-error.js';
import type { Config } from './config.js';
import { parseConfig } from './parse-config.js';

export const CONFIG_NAME = 'perf.config.yaml';

/** A configuration with the folder that its relative paths start from. */
export interface LoadedConfig {
  readonly config: Config;
  readonly folder: string;
  /** The file it came from; absent when there is none and every default holds. */
  readonly file?: string;
}

/**
 * Reads the configuration named, or the `perf.config.yaml` of a folder; where there is none, every default.
 *
 * @throws {UsageError} `config/missing`, `config/unreadable`, `config/syntax` or `config/invalid`, with file, line, column and remedy.
 */
export function loadConfig(cwd: string, named?: string): LoadedConfig {
  const file = resolve(cwd, named ?? CONFIG_NAME);
  if (!existsSync(file)) {
    if (named === undefined) return withoutConfig(cwd);
    throw new UsageError('config/missing', `There is no configuration ${named} in ${cwd}.`, {
      seen: named,
      remedy: 'Check the path given to --config.',
    });
  }
  const name = relative(cwd, file) || file;
  return { config: parseConfig(readText(file, name), name), folder: dirname(file), file };
}

/** A file under a name that is not looked for would be ignored in silence. */
function withoutConfig(cwd: string): LoadedConfig {
  const other = 'perf.config.yml';
  if (!existsSync(resolve(cwd, other))) return { config: {}, folder: cwd };
  throw new UsageError('config/name', `There is a ${other} here, which is not read.`, {
    seen: other,
    remedy: `Rename it to ${CONFIG_NAME}, or name it with --config.`,
  });
}

/** @throws {UsageError} `config/unreadable`. */
export function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError('config/unreadable', `${name} cannot be read: ${describeError(error)}.`, {
      seen: file,
      remedy: 'It has to be a file that you may read. Another configuration is named with --config.',
      cause: error,
    });
  }
}

/** The store's file of a configuration, absolute. */
export function storePath({ config, folder }: LoadedConfig): string {
  return resolve(folder, config.store ?? join('.perfkit', 'history.sqlite'));
}

/** The folder of reports of a configuration, absolute. */
export function reportFolder({ config, folder }: LoadedConfig): string {
  return resolve(folder, config.report ?? join('.perfkit', 'report'));
}
