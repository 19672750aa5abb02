import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Drive } from '../src/attach/drive.js';
import { iterate } from '../src/subject/iterate.js';

const { signal } = new AbortController();
const limits = { untilMs: Number.POSITIVE_INFINITY, signal };

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('keeps as many connections as there are requests at once, and takes whole answers', async () => {
  let requests = 0;
  let connections = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end(Buffer.alloc(2 ** 20));
  });
  server.on('connection', () => {
    connections += 1;
  });
  const drive = await Drive.open(await listening(server), { connections: 4, signal });
  for (const iterations of [4, 1, 21, 40]) {
    expect(await iterate(() => drive.call(), iterations, { ...limits, concurrency: 4 })).toBe(iterations);
  }
  expect({ requests, connections }).toEqual({ requests: 66, connections: 4 });
  await drive.close();
});

it('says which request got no answer, and why', async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (requests === 3) request.socket.destroy();
    else response.end();
  });
  const url = await listening(server);
  const drive = await Drive.open({ url: `${url}a?b=c`, method: 'PUT' }, { connections: 1, signal });
  await drive.call();
  await drive.call();
  await expect(drive.call()).rejects.toMatchObject({
    code: 'leak/drive',
    message: `Request 3 (PUT ${url}a?b=c) failed: other side closed.`,
  });
  await drive.close();
});

it('gives requests up with the reason of the signal', async () => {
  const server = createServer();
  const url = await listening(server);
  const controller = new AbortController();
  const drive = await Drive.open(url, { connections: 1, signal: controller.signal });
  const call = drive.call();
  await once(server, 'request');
  controller.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
});
