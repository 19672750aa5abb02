import { type CoveredScript, countAt, type Owner, type Token } from '@perf/runner';
import type { Reach } from '@perf/schema';

/** Code of one file that differs, beside what a probe executed of it. */
export interface ChangedCode {
  /** As reports name the file. */
  readonly file: string;
  readonly side: 'a' | 'b';
  readonly tokens: readonly Token[];
  /** The file as it was loaded, once or several times. */
  readonly loaded: readonly CoveredScript[];
  /** Whether it was made from other files: then they may differ in more than it does. */
  readonly generated: boolean;
}

/** All that speaks for one label or another. */
export interface Evidence {
  /** Why the probe is not the same on both sides; absent if it is. */
  readonly benchmark?: string;
  readonly code: readonly ChangedCode[];
  /** Why what was not seen to run may matter all the same. */
  readonly doubts: readonly string[];
}

/** Functions listed for one probe at most. */
const MOST_PLACES = 20;
const MOST_REASONS = 3;

/**
 * The label that follows from what differs and what was executed. A doubt never hides a place: what was seen to run, ran.
 *
 * Code that runs while modules are loaded counts as a doubt, since what it sets up may be used anywhere.
 */
export function reachFrom({ benchmark, code, doubts }: Evidence): Reach {
  const places = code.flatMap(executedPlaces);
  const known = places.length === 0 ? {} : { places: firstOfEach(places).slice(0, MOST_PLACES) };
  if (benchmark !== undefined) return { label: 'benchmark-changed', ...known, reason: benchmark };
  if (places.length > 0) return { label: 'reachable', ...known };
  const reasons = [...new Set([...doubts, ...code.flatMap(codeDoubts)])];
  if (reasons.length === 0) return { label: 'not-executed' };
  const more = reasons.length - MOST_REASONS;
  const rest = more > 0 ? [`${more} more such reasons`] : [];
  return { label: 'unknown', reason: [...reasons.slice(0, MOST_REASONS), ...rest].join('; ') };
}

type Place = NonNullable<Reach['places']>[number];

function executedPlaces({ file, side, tokens, loaded }: ChangedCode): Place[] {
  return tokens.flatMap(({ owner, line }) => {
    if (owner.kind !== 'function') return [];
    const ran = loaded.some(({ running }) => countAt(running, owner.at) > 0);
    return ran ? [{ file, line, function: owner.name, side }] : [];
  });
}

/** Code directly in a module, and in functions that were called to set it up. */
function runsWhileLoading(owner: Owner, loaded: readonly CoveredScript[]): boolean {
  if (owner.kind !== 'function') return owner.kind === 'module';
  return loaded.some(({ loading }) => countAt(loading, owner.at) > 0);
}

/** What was added comes first: it is there to be looked at. */
function firstOfEach(places: readonly Place[]): Place[] {
  const seen = new Set<string>();
  return places
    .toSorted((p, q) => q.side.localeCompare(p.side))
    .filter((place) => {
      const key = `${place.file}\0${place.function}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function codeDoubts({ file, tokens, loaded, generated }: ChangedCode): string[] {
  if (loaded.length === 0) return [];
  const first = tokens.find(({ owner }) => runsWhileLoading(owner, loaded));
  if (first !== undefined) return [`module-level code differs: ${file}:${first.line}`];
  return generated && tokens.length > 0 ? [`${file} differs, and is made from other files`] : [];
}
