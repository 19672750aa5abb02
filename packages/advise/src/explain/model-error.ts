import { AdviseError } from '../advise-error.js';
import type { ModelLibrary } from './model-library.js';

/** Servers may answer with whole pages; the beginning says what is wrong [characters]. */
const LONGEST_MESSAGE = 300;

/**
 * What went wrong between here and the model, in words, with the next step. The key never shows, even if the server
 * repeats it.
 */
export function modelError(
  { ai }: ModelLibrary,
  thrown: unknown,
  { apiKey, model }: { readonly apiKey?: string; readonly model: string },
): AdviseError {
  const error = ai.RetryError.isInstance(thrown) ? thrown.lastError : thrown;
  const text = error instanceof Error ? error.message : String(error);
  const safe = apiKey === undefined || apiKey === '' ? text : text.replaceAll(apiKey, '…');
  const said = safe.length > LONGEST_MESSAGE ? `${safe.slice(0, LONGEST_MESSAGE)}…` : safe;
  // The cause is left out: it holds the request with its headers, and so the key.
  const failed = (code: string, message: string, remedy: string) =>
    new AdviseError(code, message, { remedy });
  if (!ai.APICallError.isInstance(error)) {
    return failed(
      'advise/model-answer',
      `The model's answer cannot be read: ${said}`,
      'Try again, or take another model.',
    );
  }
  const status = error.statusCode;
  if (status === undefined) {
    return failed(
      'advise/model-unreachable',
      `The model's server cannot be reached: ${said}`,
      'Check the address and whether the server runs.',
    );
  }
  if (status === 401 || status === 403) {
    return failed(
      'advise/model-refused',
      `The model's server refused the key (HTTP ${status}): ${said}`,
      'Give the key that it expects; perfkit reads it from PERFKIT_MODEL_KEY.',
    );
  }
  if (status === 404) {
    return failed(
      'advise/model-failed',
      `The server knows no model ${JSON.stringify(model)} at this address (HTTP 404): ${said}`,
      'Check the name of the model, and that the address ends as the server wants it, such as in /v1.',
    );
  }
  if (status === 429) {
    return failed(
      'advise/model-busy',
      `The model's server takes no more requests now (HTTP 429): ${said}`,
      'Wait a while, or check the quota of the key.',
    );
  }
  if (status < 300) {
    return failed(
      'advise/model-answer',
      `The server's answer is not that of an OpenAI-compatible one: ${said}`,
      'Check the address; it mostly ends in /v1.',
    );
  }
  return failed(
    'advise/model-failed',
    `The model's server failed (HTTP ${status}): ${said}`,
    'Try again later, or look at the logs of the server.',
  );
}
