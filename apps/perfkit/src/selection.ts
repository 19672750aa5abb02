import type { ProbeId } from '@perf/schema';
import { didYouMean } from './closest.js';
import type { Config } from './config/config.js';
import { UsageError } from './usage-error.js';

/** What the command line says about which probes are measured. */
export interface SelectionFlags {
  readonly only?: string | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly notTag?: readonly string[] | undefined;
}

/** Which probes are measured. */
export interface Selection {
  /** Whether the command line names probes or tags. */
  readonly given: boolean;
  select(probe: ProbeId, variant?: number, tags?: readonly string[]): boolean;
  /**
   * The error for a tag of the command line that no probe has, or for a run that finds nothing to measure. Ask once every
   * probe went through `select`.
   *
   * @param measured - Probes that are.
   * @param skipped - Probes that are selected and kept out by marks.
   */
  problem(measured: number, skipped: number): UsageError | undefined;
  /** The error where no probe was selected. */
  nothing(): UsageError;
  /** A line for every tag of the configuration that no probe has: most likely misspelt. */
  idleTags(): string[];
}

const SHOWN = 5;

/**
 * The probes whose "suite › name" contains a text, in any case, that have any of the tags asked for and none of those
 * refused; all of them without. Tags of the command line replace those of the configuration.
 *
 * @throws {UsageError} `usage/only` or `usage/tag` if one is empty.
 */
export function selectionOf(flags: SelectionFlags, config: Pick<Config, 'tags' | 'notTags'> = {}): Selection {
  const wanted = flags.only?.toLowerCase() ?? '';
  if (flags.only !== undefined && wanted.trim() === '') {
    throw new UsageError('usage/only', '--only needs a part of a name.', { remedy: 'Such as --only cache.' });
  }
  const asked = [...(flags.tag ?? []), ...(flags.notTag ?? [])];
  if (asked.some((tag) => tag.trim() === '')) {
    throw new UsageError('usage/tag', '--tag and --not-tag need a tag.', { remedy: 'Such as --tag slow.' });
  }
  const tags = flags.tag ?? config.tags ?? [];
  const notTags = flags.notTag ?? config.notTags ?? [];
  const seen = new Seen();
  const none = () => nothing({ ...flags, tag: tags, notTag: notTags }, seen);
  return {
    given: flags.only !== undefined || asked.length > 0,
    select: (probe, _, own = []) => {
      const title = seen.add(probe, own);
      return (
        title.toLowerCase().includes(wanted) &&
        (tags.length === 0 || tags.some((tag) => own.includes(tag))) &&
        !notTags.some((tag) => own.includes(tag))
      );
    },
    problem: (measured, skipped) => {
      const unknown = asked.find((tag) => !seen.tags.has(tag));
      if (unknown !== undefined && seen.titles.size > 0) return unknownTag(unknown, [...seen.tags]);
      if (measured > 0) return undefined;
      if (skipped > 0) return allSkipped(skipped);
      return none();
    },
    nothing: none,
    idleTags: () =>
      [...(flags.tag === undefined ? tags : []), ...(flags.notTag === undefined ? notTags : [])]
        .filter((tag) => !seen.tags.has(tag))
        .map(
          (tag) =>
            `The configuration names the tag "${tag}", and no probe has it.${didYouMean(tag, [...seen.tags])}`,
        ),
  };
}

/** What the perf files hold. */
class Seen {
  readonly titles: Set<string> = new Set();
  readonly words: Set<string> = new Set();
  readonly tags: Set<string> = new Set();

  add({ suite, name }: ProbeId, tags: readonly string[]): string {
    const title = `${suite} › ${name}`;
    this.titles.add(title);
    for (const word of [suite, name, title]) this.words.add(word.toLowerCase());
    for (const tag of tags) this.tags.add(tag);
    return title;
  }
}

function unknownTag(tag: string, known: readonly string[]): UsageError {
  const remedy =
    known.length === 0
      ? "No probe has tags. Give some: bench(() => …, { tags: ['slow'] })."
      : `Tags: ${known.toSorted().join(', ')}.${didYouMean(tag, known)}`;
  return new UsageError('usage/unknown-tag', `No probe has the tag "${tag}".`, { seen: tag, remedy });
}

function allSkipped(skipped: number): UsageError {
  return new UsageError(
    'usage/nothing-selected',
    `Nothing is left to measure: of what is selected, ${skipped === 1 ? 'the one probe is' : `all ${skipped} probes are`} left out by skip(), or by the only() of another.`,
    { seen: skipped, remedy: 'Remove the marks in the perf files, or select something else.' },
  );
}

function nothing({ only, tag = [], notTag = [] }: SelectionFlags, { titles, words }: Seen): UsageError {
  if (titles.size === 0 || (only === undefined && tag.length + notTag.length === 0)) {
    return new UsageError('usage/nothing-selected', 'The perf files define no probes.', {
      remedy: 'Give a suite at least one.',
    });
  }
  const shown = [...titles].slice(0, SHOWN).map((title) => `"${title}"`);
  const more = titles.size > SHOWN ? `, and ${titles.size - SHOWN} more` : '';
  const asked = [
    ...(only === undefined ? [] : [`"${only}" in its name`]),
    ...(tag.length === 0 ? [] : [`${tag.length === 1 ? 'the tag' : 'one of the tags'} ${tag.join(', ')}`]),
  ];
  const without = notTag.length === 0 ? '' : `, left out those with ${notTag.join(', ')}`;
  const message = asked.length === 0 ? 'There is no probe' : `No probe has ${asked.join(' and ')}`;
  return new UsageError('usage/nothing-selected', `${message}${without}.`, {
    seen: only ?? [...tag, ...notTag],
    remedy: `There are ${shown.join(', ')}${more}.${only === undefined ? '' : didYouMean(only.toLowerCase(), [...words])}`,
  });
}
