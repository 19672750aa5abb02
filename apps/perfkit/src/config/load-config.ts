import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { didYouMean } from '../closest.js';
import { UsageError } from '../usage-error.js';
import { type Config, configSchema } from './config.js';

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
 * @throws {UsageError} `config/missing`, `config/syntax` or `config/invalid`, with file, line, column and remedy.
 */
export function loadConfig(cwd: string, named?: string): LoadedConfig {
  const file = resolve(cwd, named ?? CONFIG_NAME);
  if (!existsSync(file)) {
    if (named === undefined) return { config: {}, folder: cwd };
    throw new UsageError('config/missing', `There is no configuration ${named} in ${cwd}.`, {
      seen: named,
      remedy: 'Check the path given to --config.',
    });
  }
  return {
    config: parseConfig(readFileSync(file, 'utf8'), relative(cwd, file) || file),
    folder: dirname(file),
    file,
  };
}

/**
 * A configuration from its text.
 *
 * @param file - Its name, for errors.
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new UsageError('config/syntax', `This is not YAML: ${problem.message}`, {
      place: place(problem.pos[0]),
      remedy: 'Correct the syntax there.',
    });
  }
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as (typeof parsed.error.issues)[number];
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  throw new UsageError(
    'config/invalid',
    `${path.join('.') || 'the configuration'}: ${messageOf(issue.message, unknown)}`,
    {
      seen: document.getIn(path),
      place: place(offsetOf(document, path)),
      remedy: remedyOf(issue.path, unknown),
    },
  );
}

function messageOf(message: string, unknown: string | undefined): string {
  if (unknown !== undefined) return 'there is no such setting.';
  return `${message.replace(/^Invalid input: /, '')}.`;
}

function remedyOf(path: readonly PropertyKey[], unknown: string | undefined): string {
  if (unknown === undefined) return 'Correct the value.';
  const known = keysAt(path);
  return `Settings here: ${known.join(', ')}.${didYouMean(unknown, known)}`;
}

/** The settings that exist at a path: of the top, of a service, or of a probe. */
function keysAt(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(configSchema.shape);
  return path.length === 2 ? ['threshold', 'probes'] : ['threshold'];
}

/** Where the key at a path stands, or the nearest of its parents. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isScalar(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** The store's file of a configuration, absolute. */
export function storePath({ config, folder }: LoadedConfig): string {
  return resolve(folder, config.store ?? join('.perfkit', 'history.sqlite'));
}

/** The folder of reports of a configuration, absolute. */
export function reportFolder({ config, folder }: LoadedConfig): string {
  return resolve(folder, config.report ?? join('.perfkit', 'report'));
}
