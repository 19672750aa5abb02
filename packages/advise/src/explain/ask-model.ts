import { AdviseError } from '../advise-error.js';
import { boundedFetch } from './bounded-fetch.js';
import { modelError } from './model-error.js';
import { type ModelLibrary, type ModelLibraryLoader, modelLibrary } from './model-library.js';

export interface ModelOptions {
  /** Name of the model, as the server knows it. */
  readonly model: string;
  /** Address of an OpenAI-compatible server, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  /** Sent as a bearer token; never part of an error. */
  readonly apiKey?: string;
  readonly signal?: AbortSignal;
  /** Time for all attempts together [ms]; default 60,000. */
  readonly timeoutMs?: number;
  /** Attempts after a first one that failed because the server was busy or broken; default 1. */
  readonly retries?: number;
}

/** A model on a small machine writes a few sentences in that time [ms]. */
const TIMEOUT_MS = 60_000;
/** What servers answer that do not know `response_format`: 400, 422 (body not understood) and 501. */
const NO_STRUCTURE: readonly (number | undefined)[] = [400, 422, 501];

/** Strict mode of OpenAI's structured outputs wants every property required and no others. */
const answerSchema = {
  type: 'object',
  properties: {
    sentences: {
      type: 'array',
      items: {
        type: 'object',
        properties: { text: { type: 'string' }, cites: { type: 'array', items: { type: 'integer' } } },
        required: ['text', 'cites'],
        additionalProperties: false,
      },
    },
  },
  required: ['sentences'],
  additionalProperties: false,
} as const;

/**
 * Asks a model once and gives its text, whatever that is. A server that refuses the JSON Schema of the answer is asked
 * again without it.
 *
 * @throws {AdviseError} `advise/no-model-library`, `advise/model-…`; the signal's reason once it is aborted.
 */
export async function askModel(
  prompt: { readonly system: string; readonly user: string },
  options: ModelOptions,
  loader?: ModelLibraryLoader,
): Promise<string> {
  checkOptions(options);
  options.signal?.throwIfAborted();
  const library = await modelLibrary(loader);
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    return await answer(library, prompt, options, signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (timeout.aborted) {
      throw new AdviseError(
        'advise/model-timeout',
        `The model did not answer within ${(options.timeoutMs ?? TIMEOUT_MS) / 1000} s.`,
        { remedy: 'Try again, or take a smaller model.', cause: error },
      );
    }
    throw modelError(library, error, options);
  }
}

async function answer(
  library: ModelLibrary,
  { system, user }: { readonly system: string; readonly user: string },
  { model, baseUrl, apiKey, retries = 1 }: ModelOptions,
  abortSignal: AbortSignal,
): Promise<string> {
  const { generateText, jsonSchema, Output, NoObjectGeneratedError, APICallError } = library.ai;
  const provider = library.provider.createOpenAICompatible({
    name: 'perfkit',
    baseURL: baseUrl,
    supportsStructuredOutputs: true,
    fetch: boundedFetch,
    ...(apiKey !== undefined && { apiKey }),
  });
  const call = { model: provider(model), system, prompt: user, maxRetries: retries, abortSignal };
  try {
    const output = Output.object({ schema: jsonSchema(answerSchema), name: 'explanation' });
    return (await generateText({ ...call, output })).text;
  } catch (error) {
    // The text may hold the answer all the same, between words or in a fence: that is for the reader to see.
    if (NoObjectGeneratedError.isInstance(error) && error.text !== undefined) return error.text;
    if (!APICallError.isInstance(error) || !NO_STRUCTURE.includes(error.statusCode)) throw error;
    return (await generateText(call)).text;
  }
}

function checkOptions({ model, baseUrl, timeoutMs }: ModelOptions): void {
  if (model.trim() === '') refuse('The model has no name.', 'Name one that the server knows.');
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    refuse(
      'The address of the model is no http or https URL.',
      'Give one such as http://127.0.0.1:11434/v1.',
    );
  } else if (url.username !== '' || url.password !== '') {
    refuse('The address of the model holds a name or password.', 'Give the key apart from the address.');
  }
  // Timers of Node.js overflow above 24.8 days.
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= 86_400_000)) {
    refuse(`The model's timeout is ${timeoutMs} ms.`, 'Give milliseconds above 0 and at most a day.');
  }
}

function refuse(message: string, remedy: string): never {
  throw new AdviseError('advise/model-option', message, { remedy });
}
