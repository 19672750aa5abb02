import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { boundedFetch } from '../src/explain/bounded-fetch.js';

/** A server that answers with so many mebibytes, or with no end. */
async function serverOf(mebibytes: number): Promise<string> {
  const server = createServer((_, response) => {
    let left = mebibytes;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(Buffer.alloc(2 ** 20 - 1))) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('reads an answer of less than a mebibyte whole', async () => {
  const response = await boundedFetch(await serverOf(1));
  expect((await response.arrayBuffer()).byteLength).toBe(2 ** 20 - 1);
});

it('stops reading an answer that has no end', async () => {
  const response = await boundedFetch(await serverOf(Number.POSITIVE_INFINITY));
  await expect(response.text()).rejects.toMatchObject({ code: 'advise/model-answer' });
});
