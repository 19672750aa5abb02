import { type Figure, figuresIn, isUnit } from './figures-in.js';
import type { WrittenSentence } from './read-answer.js';

/** A sentence of the model that is not shown, and why. */
export interface Rejection {
  /** From the model: hostile until escaped. */
  readonly text: string;
  readonly reason:
    | 'cites nothing'
    | 'cites a finding that does not exist'
    | 'holds a figure that is not in what it cites'
    | 'holds a name, link or command that is not in what it cites'
    | 'is not one plain sentence'
    | 'is one too many';
}

/** [characters] */
const LONGEST_SENTENCE = 400;
/** What acts instead of showing; line breaks among it. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** What looks like code, a path, a link, a flag or an identifier, and not like a word. */
const technical = /[\\/@$<>{}=|`#*~]|--|_|\p{Ll}\p{Lu}|\(\)|\.\p{L}{2,}/u;
/** Links lead away, whoever wrote them. */
const link = /:\/\/|www\./i;
/** What everybody calls the platform. */
const platform: ReadonlySet<string> = new Set(['JavaScript', 'Node.js', 'and/or', 'I/O']);

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Whether a sentence may be shown: it cites findings that exist and says no figure and no name that they do not hold.
 * What it claims beside figures and names cannot be checked this way.
 *
 * @param lines - What the model was told of each finding, by index; finding n of the model is `lines[n - 1]`.
 * @returns Why it may not; undefined if it may.
 */
export function whyRejected(
  { text, cites }: WrittenSentence,
  lines: readonly string[],
): Rejection['reason'] | undefined {
  if (cites.length === 0) return 'cites nothing';
  const cited = cites.map((cite) => lines[cite - 1]);
  if (cited.some((line) => line === undefined)) return 'cites a finding that does not exist';
  if (!isOneSentence(text)) return 'is not one plain sentence';
  const evidence = cited.map((line = '') => line.replace(/^\[\d+\] /, '')).join('\n');
  if (link.test(text) || namesIn(text).some((name) => !evidence.includes(name))) {
    return 'holds a name, link or command that is not in what it cites';
  }
  const known = figuresIn(evidence);
  const backed = (figure: Figure) =>
    known.some(
      ({ value, unit }) => value === figure.value && (figure.unit === undefined || unit === figure.unit),
    ) ||
    // "These two findings" counts the citations themselves.
    (figure.unit === undefined && cites.length > 1 && figure.value === cites.length);
  const figures = figuresIn(
    namesIn(text).reduce((rest, name) => rest.replaceAll(name, ' '), withoutPlatform(text)),
  );
  return figures.every(backed) ? undefined : 'holds a figure that is not in what it cites';
}

function isOneSentence(text: string): boolean {
  if (text.length > LONGEST_SENTENCE || !/\p{L}/u.test(text) || unseen.test(text)) return false;
  return [...sentences.segment(text)].filter(({ segment }) => segment.trim() !== '').length === 1;
}

function namesIn(text: string): string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/^["'“”‘’(,;:[]+|["'“”‘’),.;:!?\]]+$/gu, ''))
    .filter((word) => technical.test(word) && !platform.has(word) && !isUnit(word.replace(/^[\d.,]+/, '')));
}

function withoutPlatform(text: string): string {
  return text.replaceAll(/\bV8\b/g, ' ');
}
