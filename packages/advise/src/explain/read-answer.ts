import { AdviseError } from '../advise-error.js';

/** A sentence as the model wrote it, and the findings it says it rests on, by their numbers from 1. */
export interface WrittenSentence {
  readonly text: string;
  readonly cites: readonly number[];
}

/** Nobody asked for a book [characters]. */
const LONGEST_ANSWER = 100_000;

/**
 * Reads a model's answer: JSON, also in a fence or between words, as models without structured output write it.
 *
 * Citations in the text (`[1]`, `[1, 2]`) count too and are taken out of it.
 *
 * @throws {AdviseError} `advise/model-answer` if there is no JSON with sentences in it.
 */
export function readAnswer(text: string): WrittenSentence[] {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  const value =
    from < 0 || to < from || text.length > LONGEST_ANSWER ? undefined : parsed(text.slice(from, to + 1));
  const sentences =
    value !== null && typeof value === 'object' && 'sentences' in value ? value.sentences : undefined;
  if (!Array.isArray(sentences)) {
    throw new AdviseError(
      'advise/model-answer',
      'The model did not answer with the JSON that it was asked for.',
      {
        seen: text.slice(0, 200),
        remedy: 'Try again, or take another model.',
      },
    );
  }
  return sentences.flatMap((sentence: unknown) => writtenSentence(sentence));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writtenSentence(value: unknown): WrittenSentence[] {
  if (value === null || typeof value !== 'object' || !('text' in value) || typeof value.text !== 'string')
    return [];
  const listed = 'cites' in value && Array.isArray(value.cites) ? value.cites : [];
  const inline = [...value.text.matchAll(citation)].flatMap(([, numbers = '']) =>
    numbers.split(',').map(Number),
  );
  // What is no number cites nothing, and is not to be overlooked: NaN is no finding's number.
  const cites = [...listed.map((cite: unknown) => (typeof cite === 'number' ? cite : Number.NaN)), ...inline];
  return [
    {
      text: value.text
        .replaceAll(citation, '')
        .replace(/ +(?=[.,;:!?])/g, '')
        .trim(),
      cites: [...new Set(cites)],
    },
  ];
}

const citation = / ?\[(\d+(?:\s*,\s*\d+)*)\]/g;
