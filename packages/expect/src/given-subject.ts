import { dirname, resolve } from 'node:path';
import { ExpectError } from './expect-error.js';
import { fn, isSubject, probe, type Subject } from './subject.js';

/** `./parse.perf.ts › parse › new`: a file, and the title of a probe in it. */
const FILE_AND_TITLE = /^(\S.*?\.(?:[cm]?[jt]s)) › (.+)$/;

/**
 * What a test gave as its subject.
 *
 * @param testFile - Where it is known, a text such as `./parse.perf.ts › parse › new` will do: its file is relative to
 *   the test's.
 * @throws {ExpectError} `expect/subject` for what no process of its own could load.
 */
export function givenSubject(value: unknown, testFile?: string): Subject {
  if (isSubject(value)) return value;
  const [, file, title] = typeof value === 'string' ? (FILE_AND_TITLE.exec(value) ?? []) : [];
  if (testFile !== undefined && file !== undefined && title !== undefined) {
    return probe(resolve(dirname(testFile), file), title);
  }
  const seen = typeof value === 'string' ? `The text "${value}"` : `A ${typeof value}`;
  throw new ExpectError('expect/subject', `${seen} cannot be measured in a process of its own.`, {
    seen: value,
    remedy:
      "Name what a process can load: probe(new URL('./a.perf.ts', import.meta.url), 'suite › name') or fn(new URL('./a.js', import.meta.url), 'export').",
  });
}

/**
 * What a test compares its subject with. A text without a file is another probe of the subject's file, or another
 * export of its module, called with the same arguments.
 */
export function givenOther(subject: Subject, value: unknown, testFile?: string): Subject {
  if (typeof value !== 'string' || FILE_AND_TITLE.test(value)) return givenSubject(value, testFile);
  if (subject.kind === 'probe') return probe(subject.file, value);
  const { args, setup } = subject;
  return fn(subject.file, value, {
    ...(args !== undefined && { args }),
    ...(setup !== undefined && { setup }),
  });
}
