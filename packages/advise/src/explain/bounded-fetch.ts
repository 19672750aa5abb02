import { AdviseError } from '../advise-error.js';

/** A few sentences take a few kilobytes. */
const MOST_BYTES = 2 ** 20;

/** `fetch` whose answers end with an error where they go on beyond a mebibyte: a server's answer may have no end. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  let seen = 0;
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength;
        if (seen <= MOST_BYTES) controller.enqueue(chunk);
        else {
          controller.error(
            new AdviseError('advise/model-answer', 'The model server answers with more than a mebibyte.', {
              seen,
              remedy: 'Check that --model-url is the address of an OpenAI-compatible server.',
            }),
          );
        }
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(bounded, { status, statusText, headers });
};
