import { expect, it } from 'vitest';
import { modelLibrary } from '../src/explain/model-library.js';

it('without the optional packages the error says which ones, and how to install them', async () => {
  const missing = '@perf/there-is-no-such-package';
  const loader = { ai: () => import(missing), provider: () => import('@ai-sdk/openai-compatible') };
  await expect(modelLibrary(loader)).rejects.toMatchObject({
    code: 'advise/no-model-library',
    remedy: 'npm install --save-dev ai@6 @ai-sdk/openai-compatible@2',
    message: expect.stringContaining('not installed'),
  });
});

it('with them it loads both', async () => {
  const { ai, provider } = await modelLibrary();
  expect(ai.generateText).toBeTypeOf('function');
  expect(provider.createOpenAICompatible).toBeTypeOf('function');
});
