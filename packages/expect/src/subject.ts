import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Params } from '@perf/schema/core';
import { ExpectError } from './expect-error.js';

/** A probe of a perf file. */
export interface ProbeSubject {
  readonly kind: 'probe';
  /** Absolute path. */
  readonly file: string;
  /** `suite › name`, as reports print it; with parameters as in `suite › name (size=10)`. */
  readonly title: string;
  /** Values of parameters that single one point out. */
  readonly params: Params;
}

/** A function that a module exports. */
export interface FunctionSubject extends FunctionOptions {
  readonly kind: 'function';
  /** Absolute path of the module. */
  readonly file: string;
  readonly exportName: string;
}

export interface FunctionOptions {
  /**
   * What the function is called with: plain data, which is copied into each process once. It gets the same objects in
   * every call, so a function that changes them is measured on what it left behind.
   */
  readonly args?: readonly unknown[];
  /**
   * Name of another export of the module: called once per process, untimed. What it returns, or its promise gives, is
   * the only argument. In place of `args`, for what is too large or too alive to copy.
   */
  readonly setup?: string;
}

/** What can be measured: something that a fresh process can load. */
export type Subject = ProbeSubject | FunctionSubject;

/**
 * A probe of a perf file: `probe(new URL('./parse.perf.ts', import.meta.url), 'parse › new')`.
 *
 * @param file - URL of the file, or its absolute path.
 * @param title - `suite › name`.
 * @param params - Needed where the probe has several points, as far as they tell one from the others.
 * @throws {ExpectError} `expect/subject` for a path that is not absolute, or a blank title.
 */
export function probe(file: string | URL, title: string, params: Params = {}): ProbeSubject {
  if (typeof title !== 'string' || title.trim() === '') {
    throw new ExpectError('expect/subject', 'A probe is named by its suite and its name.', {
      seen: title,
      remedy: "Write probe(file, 'suite › name').",
    });
  }
  return { kind: 'probe', file: absolute(file), title, params };
}

/**
 * A function that a module exports: `fn(new URL('./parse.js', import.meta.url), 'parse', { args: ['{}'] })`.
 *
 * It is measured as `bench(() => parse('{}'))` would be. A promise that it returns is awaited.
 *
 * @param module - URL of the module, or its absolute path. TypeScript is loaded as perf files are.
 * @param exportName - Name of the export; `default` for the default one.
 * @throws {ExpectError} `expect/subject` for a path that is not absolute, or both `args` and `setup`.
 */
export function fn(module: string | URL, exportName: string, options: FunctionOptions = {}): FunctionSubject {
  if (options.args !== undefined && options.setup !== undefined) {
    throw new ExpectError('expect/subject', `${exportName} has both "args" and "setup".`, {
      remedy: 'Give one of them: what setup returns is the argument.',
    });
  }
  return { ...options, kind: 'function', file: absolute(module), exportName };
}

/** Whether a value is what `probe` or `fn` made. */
export function isSubject(value: unknown): value is Subject {
  const kind = value !== null && typeof value === 'object' && 'kind' in value ? value.kind : undefined;
  return kind === 'probe' || kind === 'function';
}

function absolute(file: string | URL): string {
  const text = String(file);
  if (text.startsWith('file:')) return fileURLToPath(text);
  if (isAbsolute(text)) return text;
  throw new ExpectError('expect/subject', `"${text}" does not say where the file is.`, {
    seen: text,
    remedy: `Write new URL('./${text.replace(/^\.\//, '')}', import.meta.url).`,
  });
}
