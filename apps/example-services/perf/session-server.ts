import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SessionStore } from '../src/session.ts';

/** `POST /sessions` with a user's id as the body opens a session and answers with its token. Prints its URL. */
const store = await SessionStore.open({
  secret: new Uint8Array(32).fill(7),
  max: 1_000,
  idleMs: 600_000,
  maxAgeMs: 3_600_000,
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/sessions') {
    response.writeHead(404).end();
    return;
  }
  const { token } = await store.create(await text(request));
  response.writeHead(201, { 'content-type': 'text/plain' }).end(token);
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end());
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
