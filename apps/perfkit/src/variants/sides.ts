import { isDeepStrictEqual } from 'node:util';
import { parseNodeFlags, parseSide, parseVariables } from './parse-side.js';
import { MERGE_BASE, type Side, workingTree } from './side.js';

/** What the command line says about the variants. */
export interface SideArguments {
  readonly a?: string | undefined;
  readonly b?: string | undefined;
  readonly aFlag?: readonly string[] | undefined;
  readonly bFlag?: readonly string[] | undefined;
  readonly aEnv?: readonly string[] | undefined;
  readonly bEnv?: readonly string[] | undefined;
}

/**
 * The two sides. B is the working tree unless it is named. A is then its merge base with the default branch; but where
 * the sides have other flags or variables, it is those that are compared, on the same code.
 *
 * @throws {UsageError} for what cannot be read.
 */
export function sidesOf(argv: SideArguments): { a: Side; b: Side } {
  const settings = {
    a: {
      flags: parseNodeFlags('--a-flag', argv.aFlag ?? []),
      env: parseVariables('--a-env', argv.aEnv ?? []),
    },
    b: {
      flags: parseNodeFlags('--b-flag', argv.bFlag ?? []),
      env: parseVariables('--b-env', argv.bEnv ?? []),
    },
  };
  const b = argv.b === undefined ? workingTree : parseSide(argv.b);
  const same = isDeepStrictEqual(settings.a, settings.b);
  const a =
    argv.a !== undefined
      ? parseSide(argv.a)
      : same
        ? ({ kind: 'git', ref: MERGE_BASE } as const)
        : workingTree;
  return { a: { what: a, ...settings.a }, b: { what: b, ...settings.b } };
}
