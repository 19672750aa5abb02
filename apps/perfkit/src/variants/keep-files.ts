import { relative } from 'node:path';
import { type LoadingOptions, type Tried, tryFiles, type Variant } from '@perf/runner';
import { UsageError } from '../usage-error.js';
import type { Preparing } from './prepared.js';

type Trying = Pick<Preparing, 'signal' | 'say'> & { readonly loading: LoadingOptions };

/** So many names are told, then their number. */
const NAMED = 3;

/**
 * Leaves out the perf files of another version that this one cannot load: they are about code that it does not have.
 *
 * @param lent - Those files.
 * @throws {UsageError} `usage/nothing-to-compare` if none is left.
 */
export async function keepLoadable(variant: Variant, lent: readonly string[], on: Trying): Promise<Variant> {
  if (lent.length === 0) return variant;
  const tried = await tryFiles({ ...variant, files: lent }, on);
  on.signal.throwIfAborted();
  const failed = tried.filter(({ failure }) => failure !== undefined);
  const worked = lent.filter((file) => failed.every((other) => other.file !== file));
  if (worked.length > 0)
    on.say(`${variant.label} gets ${named(variant, worked)} of b, having none of its own.`);
  const why = failed.map(({ file, failure }) => `${relative(variant.root, file)}: ${failure?.message ?? ''}`);
  for (const reason of why)
    on.say(`Measured on b alone, as it cannot be loaded in ${variant.label}: ${reason}`);
  const files = variant.files.filter((file) => failed.every((other) => other.file !== file));
  if (files.length > 0) return { ...variant, files };
  throw new UsageError(
    'usage/nothing-to-compare',
    `${variant.label} has no perf files, and cannot load those of b.`,
    {
      seen: why,
      remedy:
        'Perf files are compared over code that both versions have, and --prepare builds what is not committed.',
    },
  );
}

/**
 * Leaves out, on both sides, the perf files that do not ask for the package that a side replaces: there the versions
 * would not differ.
 *
 * @throws {UsageError} `usage/not-imported` if none is left.
 */
export async function keepReplacing(
  sides: { readonly a: Variant; readonly b: Variant },
  on: Trying,
): Promise<{ a: Variant; b: Variant }> {
  const replacing = [sides.a, sides.b].filter(({ replace }) => replace !== undefined);
  if (replacing.length === 0) return sides;
  const concerned = new Set<string>();
  for (const variant of replacing) {
    for (const { file } of (await tryFiles(variant, on)).filter(isConcerned))
      concerned.add(relative(variant.root, file));
    on.signal.throwIfAborted();
  }
  const names = [...new Set(replacing.flatMap(({ replace }) => Object.keys(replace ?? {})))].join(' or ');
  const keep = (variant: Variant) => ({
    ...variant,
    files: variant.files.filter((file) => concerned.has(relative(variant.root, file))),
  });
  const kept = { a: keep(sides.a), b: keep(sides.b) };
  const left = sides.b.files.filter((file) => !kept.b.files.includes(file));
  if (concerned.size === 0) {
    throw new UsageError(
      'usage/not-imported',
      `No perf file imports ${names}, so the versions would not differ.`,
      {
        seen: left.map((file) => relative(sides.b.root, file)),
        remedy: `A version is put in its place where it is asked for by name, while the file loads: import … from '${names}'.`,
      },
    );
  }
  if (left.length > 0) on.say(`Left out, as nothing in it imports ${names}: ${named(sides.b, left)}.`);
  return kept;
}

/** One that cannot be loaded is measured all the same, so that the reason is reported. */
function isConcerned({ replaced, failure }: Tried): boolean {
  return replaced || failure !== undefined;
}

function named({ root }: Variant, files: readonly string[]): string {
  const names = files.slice(0, NAMED).map((file) => relative(root, file));
  return files.length > NAMED ? `${names.join(', ')} and ${files.length - NAMED} more` : names.join(', ');
}
