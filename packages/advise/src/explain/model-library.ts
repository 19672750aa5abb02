import { AdviseError } from '../advise-error.js';

/** The two optional packages that talk to a model. */
export interface ModelLibrary {
  readonly ai: typeof import('ai');
  readonly provider: typeof import('@ai-sdk/openai-compatible');
}

/** How they are loaded: only when somebody asks for an explanation. */
export interface ModelLibraryLoader {
  readonly ai: () => Promise<ModelLibrary['ai']>;
  readonly provider: () => Promise<ModelLibrary['provider']>;
}

const installed: ModelLibraryLoader = {
  ai: () => import('ai'),
  provider: () => import('@ai-sdk/openai-compatible'),
};

/**
 * Loads them.
 *
 * @throws {AdviseError} `advise/no-model-library` if one is missing or cannot be loaded.
 */
export async function modelLibrary(loader: ModelLibraryLoader = installed): Promise<ModelLibrary> {
  try {
    const [ai, provider] = await Promise.all([loader.ai(), loader.provider()]);
    return { ai, provider };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    throw new AdviseError(
      'advise/no-model-library',
      missing
        ? 'Explanations need the packages ai 6 and @ai-sdk/openai-compatible 2, which are not installed.'
        : `The packages ai and @ai-sdk/openai-compatible cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`,
      { remedy: 'npm install --save-dev ai@6 @ai-sdk/openai-compatible@2', cause: error },
    );
  }
}
