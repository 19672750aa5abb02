import type { Advice, Run } from '@perf/schema';
import { AdviseError } from '../advise-error.js';
import { askModel, type ModelOptions } from './ask-model.js';
import { type Rejection, whyRejected } from './check-sentence.js';
import { promptFor } from './prompt.js';
import { readAnswer } from './read-answer.js';

export interface ExplainOptions extends ModelOptions {
  /** Whole number from 1; default 6. */
  readonly maxSentences?: number;
  /** Folder that files of the findings are named relative to; paths outside of it are not told. Default none is. */
  readonly root?: string;
  /** Told of every sentence that was rejected, and why. */
  readonly onRejected?: (rejection: Rejection) => void;
}

const MOST_SENTENCES = 6;

/**
 * Lets a language model say how findings hang together. It gets the numbered findings and nothing else; each of its
 * sentences must cite findings by number and may hold no figure and no name that they do not. Others are rejected.
 *
 * Calls the network: one request to `baseUrl`, a second one where the server knows no structured output.
 *
 * @param advice - Of `advise`; read only.
 * @param run - The run it is about.
 * @returns The advice with an `explanation`; without one if there is nothing to explain, or if every sentence was
 *   rejected, of which `onRejected` is told.
 * @throws {AdviseError} `advise/no-model-library`, `advise/model-…`, or `advise/other-run` if the advice is about
 *   another run. The advice itself is whole all the same.
 */
export async function explain(advice: Advice, run: Run, options: ExplainOptions): Promise<Advice> {
  if (advice.run !== undefined && advice.run !== run.id) {
    throw new AdviseError('advise/other-run', `The advice is about the run ${advice.run.slice(0, 40)}.`, {
      seen: advice.run,
      remedy: 'Give that run, or advise on this one first.',
    });
  }
  const { explanation: _old, ...bare } = advice;
  if (advice.findings.length === 0) return bare;
  const most = options.maxSentences ?? MOST_SENTENCES;
  if (!Number.isInteger(most) || most < 1) {
    throw new AdviseError('advise/model-option', `maxSentences is ${most}.`, {
      seen: most,
      remedy: 'Give a whole number from 1.',
    });
  }
  const prompt = promptFor(advice, most, options.root ?? '');
  const kept: { text: string; cites: number[] }[] = [];
  for (const written of readAnswer(await askModel(prompt, options))) {
    const reason =
      whyRejected(written, prompt.lines) ?? (kept.length >= most ? 'is one too many' : undefined);
    if (reason === undefined) kept.push({ text: written.text, cites: written.cites.map((cite) => cite - 1) });
    else options.onRejected?.({ text: written.text, reason });
  }
  return kept.length === 0 ? bare : { ...bare, explanation: { model: options.model, sentences: kept } };
}
