import { describeError } from '@perf/schema/core';
import { type Alias, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from '../closest.js';
import { UsageError } from '../usage-error.js';
import { type Config, configSchema } from './config.js';
import { settingsAt } from './settings-at.js';

type YamlDocument = ReturnType<typeof parseDocument>;

/** A configuration from its text. Errors as `parseYaml`. @param file - Its name, for errors. */
export function parseConfig(text: string, file: string): Config {
  return parseYaml(text, file, configSchema);
}

/**
 * What a YAML file that perfkit reads says.
 *
 * @param file - Its name, for errors.
 * @throws {UsageError} `config/syntax` or `config/invalid`, with file, line, column and remedy.
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): z.infer<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const alias = unresolvedAlias(document);
  if (alias !== undefined) {
    throw new UsageError(
      'config/syntax',
      `Without quotes *${alias.source} is an alias, and there is no anchor for it.`,
      {
        seen: alias.source,
        place: place(alias.range?.[0] ?? 0),
        remedy: 'Put quotes around it.',
      },
    );
  }
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new UsageError('config/syntax', `This is not YAML: ${problem.message}`, {
      place: place(problem.pos[0]),
      remedy: 'Correct the syntax there.',
    });
  }
  const reserved = reservedKey(document);
  if (reserved !== undefined) {
    throw new UsageError(
      'config/invalid',
      `"${RESERVED}" cannot be a name here: JavaScript keeps it for itself.`,
      {
        seen: RESERVED,
        place: place(reserved),
        remedy: 'Give the suite, probe or profile another name.',
      },
    );
  }
  const parsed = schema.safeParse(settingsIn(document, file));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A name that does not exist is most likely the one that is missing, misspelt.
  const issue = (issues.find(({ code }) => code === 'unrecognized_keys') ??
    issues[0]) as (typeof issues)[number];
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  throw new UsageError(
    'config/invalid',
    `${path.join('.') || 'the file'}: ${messageOf(issue.message, unknown)}`,
    {
      seen: document.getIn(path),
      place: place(offsetOf(document, path)),
      remedy: remedyOf(settingsAt(schema, issue.path), unknown),
    },
  );
}

/** The first alias without an anchor: what YAML makes of a glob that begins with a star. */
function unresolvedAlias(document: YamlDocument): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

const RESERVED = '__proto__';

/** Where the first key stands that no plain object can hold: what it sets would be lost in silence. */
function reservedKey(document: YamlDocument): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== RESERVED) return undefined;
      found = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** The settings as plain values. Aliases that multiply into too much are refused. */
function settingsIn(document: YamlDocument, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new UsageError('config/syntax', `This YAML has no value: ${describeError(error)}.`, {
      place: { file },
      remedy: 'Write it without aliases.',
      cause: error,
    });
  }
}

function messageOf(message: string, unknown: string | undefined): string {
  if (unknown !== undefined) return 'there is no such setting.';
  return `${message.replace(/^Invalid input: /, '')}.`;
}

function remedyOf(known: readonly string[], unknown: string | undefined): string {
  if (unknown === undefined) return 'Correct the value.';
  return `Settings here: ${known.join(', ')}.${didYouMean(unknown, known)}`;
}

/** Where the key at a path stands, or the nearest of its parents. */
function offsetOf(document: YamlDocument, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if ((isScalar(node) || isMap(node)) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
