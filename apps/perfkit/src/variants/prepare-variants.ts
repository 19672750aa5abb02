import { basename, relative } from 'node:path';
import type { LoadingOptions, Variant } from '@perf/runner';
import type { Environment, RunSource } from '@perf/schema';
import { readSource } from '../source.js';
import { environmentOf } from './environment-of.js';
import type { WorktreeOptions } from './git-worktree.js';
import { keepLoadable, keepReplacing } from './keep-files.js';
import { directoryNames, labelsOf } from './label.js';
import { removeLeftovers } from './leftovers.js';
import { replacementOf, versionFor } from './package-copies.js';
import { type FilesFrom, findPerfFiles } from './perf-files.js';
import { prepareSide } from './prepare-side.js';
import type { Prepared, Preparing } from './prepared.js';
import type { Side } from './side.js';
import { type SideArguments, sidesOf } from './sides.js';

/** What the command line says about variants and how they are made ready. */
export interface VariantArguments extends SideArguments, WorktreeOptions {
  readonly filesFrom: FilesFrom;
}

/** One side, ready to be measured. */
export interface ReadyVariant {
  readonly variant: Variant;
  readonly source: RunSource;
  /** The environment that it is measured in, from that of the machine. */
  environment(machine: Environment): Environment;
}

/** Both sides. Disposing of them removes their worktrees and temporary folders. */
export interface ReadyVariants extends Disposable {
  readonly a: ReadyVariant;
  readonly b: ReadyVariant;
}

/**
 * Makes the two sides of a comparison ready: checks out, installs, finds the perf files of each.
 *
 * What is made of it is removed when the result is disposed of, when this fails, and when the process ends; what a
 * killed process leaves is removed by the next one.
 *
 * @param patterns - Of perf files, relative to each side.
 * @throws {UsageError} or {RunnerError} for what cannot be made ready; the signal's reason once it is aborted.
 */
export async function prepareVariants(
  argv: VariantArguments,
  patterns: readonly string[] | undefined,
  on: Omit<Preparing, 'undo'> & { readonly loading: LoadingOptions },
): Promise<ReadyVariants> {
  removeLeftovers();
  const steps: (() => void)[] = [];
  const undo = () => {
    for (const step of steps.splice(0).reverse()) step();
  };
  try {
    const ready = await makeReady(argv, patterns, { ...on, undo: (step) => steps.push(step) });
    return { ...ready, [Symbol.dispose]: undo };
  } catch (error) {
    undo();
    throw error;
  }
}

async function makeReady(
  argv: VariantArguments,
  patterns: readonly string[] | undefined,
  on: Preparing & { readonly loading: LoadingOptions },
): Promise<Pick<ReadyVariants, 'a' | 'b'>> {
  const sides = sidesOf(argv);
  const a = await prepareSide(sides.a, argv, on);
  const b = await prepareSide(sides.b, argv, on);
  const labels = labelsOf(namesOf({ a, b }, sides), sides);
  const files = await findPerfFiles({ a, b }, argv.filesFrom, patterns, on.cwd);
  const found = {
    a: variantOf(a, sides.a, labels.a, files.a),
    b: variantOf(b, sides.b, labels.b, files.b),
  };
  const loadable = { ...found, a: await keepLoadable(found.a, files.lent, on) };
  const kept = await keepReplacing(loadable, on);
  return { a: await readyVariant(kept.a, a, sides.a), b: await readyVariant(kept.b, b, sides.b) };
}

function variantOf(prepared: Prepared, side: Side, label: string, files: readonly string[]): Variant {
  const { root, node, replace, worktree } = prepared;
  return {
    label,
    root,
    files,
    ...(node !== undefined && { execPath: node.execPath }),
    ...(side.flags.length > 0 && { execArgv: side.flags }),
    ...(Object.keys(side.env).length > 0 && { env: side.env }),
    ...(replace !== undefined && { replace: { [replace.name]: replacementOf(replace, prepared, files) } }),
    ...(worktree !== undefined && { apart: worktree }),
  };
}

async function readyVariant(variant: Variant, prepared: Prepared, side: Side): Promise<ReadyVariant> {
  return {
    variant,
    source: prepared.source ?? (await readSource(prepared.root)),
    environment: (machine) =>
      environmentOf(machine, { node: prepared.node, flags: side.flags, env: side.env }),
  };
}

/** What each side is. A directory is called after what it differs in from the other side. */
function namesOf(
  prepared: { a: Prepared; b: Prepared },
  sides: { a: Side; b: Side },
): { a: string; b: string } {
  const { a, b } = { a: sides.a.what, b: sides.b.what };
  if (a.kind === 'directory' && b.kind === 'directory')
    return directoryNames({ a: a.path, b: b.path }, { a: prepared.a.root, b: prepared.b.root });
  return {
    a: a.kind === 'directory' ? besides(prepared.a, prepared.b) : prepared.a.label,
    b: b.kind === 'directory' ? besides(prepared.b, prepared.a) : prepared.b.label,
  };
}

function besides({ root }: Prepared, other: Prepared): string {
  if (other.worktree !== undefined && relative(other.worktree.other, root).startsWith('..') === false)
    return 'working tree';
  if (other.node !== undefined) return `this Node (${process.versions.node})`;
  const installed = other.replace && versionFor(other.replace.name, root);
  return installed === undefined ? basename(root) : `${other.replace?.name}@${installed} as installed`;
}
