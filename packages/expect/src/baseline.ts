import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { readEnvironment } from '@perf/monitor';
import type { Run } from '@perf/schema';
import { nearestBaseline, openStore, readSource, type Store } from '@perf/store';
import { ExpectError } from './expect-error.js';
import { isNamed, type Target } from './target.js';
import { inFolder } from './words.js';

/** Which stored run a subject is held against. */
export interface BaselineOptions {
  /** A run by its id or a beginning of it, in place of the baseline of this branch and environment. */
  readonly baseline?: string;
  /** The history's file; default that of `perf.config.yaml`, else `.perfkit/history.sqlite`. */
  readonly store?: string;
  /** Profile of the configuration that the baseline was measured with, if it was with one. */
  readonly profile?: string;
}

/** A run with what explanations call it. */
export interface Baseline {
  readonly run: Run;
  readonly label: string;
}

/** Why there is nothing to hold a subject against, and what to do. */
export interface NoBaseline {
  readonly reason: string;
  readonly remedy: string;
}

/**
 * The stored run that has a target: the one named, else the baseline that `perfkit run` would take here.
 *
 * @param file - The history, absolute.
 * @throws {StoreError} if the history cannot be read, or the run named is not in it; {ExpectError} `expect/no-baseline`
 * if the run named does not have the target.
 */
export async function baselineFor(
  target: Target,
  file: string,
  { baseline, profile }: BaselineOptions,
): Promise<Baseline | NoBaseline> {
  const run = `npx perfkit run${profile === undefined ? '' : ` --profile ${profile}`}`;
  const remedy = `Store one where the code is as it should be: ${inFolder(target.root)}${run} && npx perfkit baseline set`;
  const place = relative(process.cwd(), file) || file;
  if (!existsSync(file)) return { reason: `There is no history at ${place}.`, remedy };
  using store = openStore(file, { readonly: true });
  const found = baseline === undefined ? await ofBranch(store, target.root, profile) : named(store, baseline);
  if ('reason' in found) return { reason: `${found.reason} (history: ${place}).`, remedy };
  const has = found.run.measurements.some(({ status, probe }) => status === 'ok' && isNamed(target, probe));
  if (has) return found;
  const reason = `${found.label} has no measurement of ${target.title}.`;
  if (baseline === undefined) return { reason, remedy };
  throw new ExpectError('expect/no-baseline', reason, {
    seen: baseline,
    remedy: 'Name a run that has it: npx perfkit history',
  });
}

function named(store: Store, id: string): Baseline {
  const run = store.getRun(id);
  return { run, label: labelOf(run) };
}

async function ofBranch(
  store: Store,
  root: string,
  profile: string | undefined,
): Promise<Baseline | Pick<NoBaseline, 'reason'>> {
  const { branch = '' } = await readSource(root);
  const found = nearestBaseline(store, { branch, environment: readEnvironment(profile).key });
  if (found !== undefined) {
    const run = store.getRun(found.run);
    return { run, label: `${labelOf(run)}, the baseline of ${nameOf(found.branch)}` };
  }
  const others = store.baselines().length;
  const elsewhere =
    others === 0 ? '' : `; ${others} of other branches or environments: npx perfkit baseline show`;
  return { reason: `There is no baseline of ${nameOf(branch)} in this environment${elsewhere}` };
}

function labelOf({ id, startedAt, source }: Run): string {
  const commit = source.commit === undefined ? '' : `, commit ${source.commit.slice(0, 8)}`;
  return `run ${id.slice(0, 8)} of ${startedAt.slice(0, 16).replace('T', ' ')} UTC${commit}`;
}

function nameOf(branch: string): string {
  return branch === '' ? 'work outside a branch' : `branch ${branch}`;
}

/** The history's file: the one given, relative to the working directory, or the project's. */
export function historyFile(given: string | undefined, configured: string): string {
  return given === undefined ? configured : resolve(given);
}
