import { existsSync, readFileSync } from 'node:fs';
import type { Params, ProbeId } from '@perf/schema/core';
import { probeTitle } from '@perf/schema/core';
import { ExpectError } from './expect-error.js';
import { functionFile } from './function-file.js';
import { projectRoot } from './project-root.js';
import type { Subject } from './subject.js';

/** A subject as the runner finds it. */
export interface Target {
  /** Perf file that holds it, absolute. */
  readonly file: string;
  /** Folder that it is measured in, absolute. */
  readonly root: string;
  readonly title: string;
  readonly params: Params;
  /** Where a person finds it: absolute file, and `:line` if its name stands there. */
  readonly place: string;
}

/** @throws {ExpectError} `expect/no-such-file`, or `expect/subject` for what cannot be loaded elsewhere. */
export function targetOf(subject: Subject): Target {
  if (!existsSync(subject.file) && !existsSync(subject.file.replace(/\.(m?)js$/, '.$1ts'))) {
    throw new ExpectError('expect/no-such-file', `There is no ${subject.file}.`, {
      seen: subject.file,
      remedy: 'Check the path: it starts from the file whose import.meta.url was given.',
    });
  }
  const root = projectRoot(subject.file);
  const place = (name: string) => `${subject.file}${lineOf(subject.file, name)}`;
  if (subject.kind === 'function') {
    return { ...functionFile(subject, root), root, params: {}, place: place(subject.exportName) };
  }
  const { file, title, params } = subject;
  const name =
    title
      .split(' › ')
      .at(-1)
      ?.replace(/ \(.*=.*\)$/, '') ?? title;
  return { file, root, title, params, place: place(name) };
}

/** Whether a probe, at one point, is what a target names. */
export function isNamed({ title, params }: Target, probe: ProbeId): boolean {
  const bare = probeTitle({ ...probe, params: {} });
  const asked = Object.entries(params).every(([name, value]) => probe.params[name] === value);
  return (title === bare && asked) || title === probeTitle(probe);
}

/** `:12` for the first line that has the name as a key, in quotes or as an export; empty where none has. */
function lineOf(file: string, name: string): string {
  if (!existsSync(file)) return '';
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const stands = new RegExp(
    `(['"\`])${word}\\1|(?<![\\w$])${word}\\s*[:,]|(?:function\\*?|const|let)\\s+${word}\\b`,
  );
  const index = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => stands.test(line) && !/^\s*import\b/.test(line));
  return index === -1 ? '' : `:${index + 1}`;
}
