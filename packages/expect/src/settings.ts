import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeError, type ProbeId } from '@perf/schema/core';
import { parse } from 'yaml';
import { ExpectError } from './expect-error.js';
import { durationMs, fractionOf } from './quantities.js';

/** What of a project's `perf.config.yaml` bears on an expectation. */
export interface Settings {
  /** SQLite file of the history, absolute; it need not exist. */
  readonly store: string;
  readonly confidence: number | undefined;
  readonly timeMs: number | undefined;
  readonly warmupMs: number | undefined;
  /** Change that counts as equal, as a fraction: of the probe, else of its suite, else of the configuration. */
  thresholdOf(probe: ProbeId): number;
}

/** As the CLI takes it where nothing is said. */
const DEFAULT_THRESHOLD = 0.05;

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads what `perfkit run` would take from the configuration of a folder; every default where there is none.
 *
 * @param profile - Its `time` and `warmup` in place of the general ones.
 * @throws {ExpectError} `expect/config` if the file is no YAML, has no such profile, or a setting has a value that
 * cannot be.
 */
export function readSettings(root: string, profile?: string): Settings {
  const file = join(root, 'perf.config.yaml');
  const config = existsSync(file) ? nodeOf(read(file)) : {};
  const named = profile === undefined ? {} : profileOf(config, profile, file);
  const checked = <Value>(name: string, value: unknown, toValue: (name: string, text: string) => Value) => {
    try {
      return value === undefined ? undefined : toValue(name, String(value));
    } catch (error) {
      throw refused(file, error);
    }
  };
  return {
    store: resolve(
      root,
      typeof config.store === 'string' ? config.store : join('.perfkit', 'history.sqlite'),
    ),
    confidence: typeof config.confidence === 'number' ? config.confidence : undefined,
    timeMs: checked('time', named.time ?? config.time, durationMs),
    warmupMs: checked('warmup', named.warmup ?? config.warmup, durationMs),
    thresholdOf: ({ suite, name }) => {
      const service = child(child(config, 'services'), suite);
      const own = child(child(service, 'probes'), name);
      const threshold = own.threshold ?? service.threshold ?? config.threshold;
      return checked('threshold', threshold, fractionOf) ?? DEFAULT_THRESHOLD;
    },
  };
}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refused(file, error);
  }
}

function profileOf(config: Node, profile: string, file: string): Node {
  const profiles = child(config, 'profiles');
  if (Object.hasOwn(profiles, profile)) return child(profiles, profile);
  throw new ExpectError('expect/config', `There is no profile "${profile}".`, {
    seen: profile,
    place: { file },
    remedy: `It has ${Object.keys(profiles).join(', ') || 'none'}.`,
  });
}

function refused(file: string, cause: unknown): ExpectError {
  return new ExpectError('expect/config', describeError(cause), {
    place: { file },
    remedy: '"npx perfkit run" says the line and what is wanted there.',
    cause,
  });
}

function child(node: Node, key: string): Node {
  return Object.hasOwn(node, key) ? nodeOf(node[key]) : {};
}

function nodeOf(value: unknown): Node {
  return value !== null && typeof value === 'object' ? (value as Node) : {};
}
