import type { ProbeId } from '@perf/schema';
import { didYouMean } from './closest.js';
import { UsageError } from './usage-error.js';

/** Which probes are measured. */
export interface Selection {
  /** Whether the command line names probes. */
  readonly given: boolean;
  select(probe: ProbeId): boolean;
  /** The error for a run that finds nothing to measure; call it once every probe went through `select`. */
  nothing(): UsageError;
}

const SHOWN = 5;

/**
 * The probes whose "suite › name" contains a text, in any case; all of them without one.
 *
 * @throws {UsageError} `usage/only` if the text is empty.
 */
export function selectionOf(only: string | undefined): Selection {
  const wanted = only?.toLowerCase() ?? '';
  if (only !== undefined && wanted.trim() === '') {
    throw new UsageError('usage/only', '--only needs a part of a name.', { remedy: 'Such as --only cache.' });
  }
  const titles = new Set<string>();
  const words = new Set<string>();
  return {
    given: only !== undefined,
    select: ({ suite, name }) => {
      const title = `${suite} › ${name}`;
      titles.add(title);
      for (const word of [suite, name, title]) words.add(word.toLowerCase());
      return title.toLowerCase().includes(wanted);
    },
    nothing: () => {
      if (only === undefined || titles.size === 0) {
        return new UsageError('usage/nothing-selected', 'The perf files define no probes.', {
          remedy: 'Give a suite at least one.',
        });
      }
      const shown = [...titles].slice(0, SHOWN).map((title) => `"${title}"`);
      const more = titles.size > SHOWN ? `, and ${titles.size - SHOWN} more` : '';
      return new UsageError('usage/nothing-selected', `No probe has "${only}" in its name.`, {
        seen: only,
        remedy: `There are ${shown.join(', ')}${more}.${didYouMean(wanted, [...words])}`,
      });
    },
  };
}
