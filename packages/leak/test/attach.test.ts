import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { attach } from '../src/attach/attach.js';
import { detach } from '../src/attach/detach.js';
import { service } from './service.js';

const PATIENCE_MS = 60_000;
const { signal } = new AbortController();

/** Whether an inspector answers at its `ws://` URL. */
async function isOpen(inspector: string): Promise<boolean> {
  const list = `http://${new URL(inspector).host}/json/list`;
  return fetch(list).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** An HTTP server whose WebSocket says what no inspector does. */
async function talker(): Promise<string> {
  const server = createServer((_request, response) => response.end('{"hello": 1}'));
  server.on('upgrade', ({ headers }, socket) => {
    const accepted = createHash('sha1').update(
      `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
    );
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted.digest('base64')}\r\n\r\n`,
    );
    socket.write(Buffer.from([0x81, 5, ...Buffer.from('hello')]));
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('attaching', () => {
  it('finds an open inspector by its URL, by its address and by the process, and leaves it open', async () => {
    const { pid, inspector } = await service('--inspect=0');
    for (const to of [inspector(), new URL(inspector()).host, pid, String(pid)]) {
      const attachment = await attach(to, signal);
      expect(attachment).toMatchObject({ pid, version: process.version });
      expect(attachment.openedAt).toBeUndefined();
      expect(await detach(attachment)).toBeUndefined();
    }
    expect(await isOpen(inspector())).toBe(true);
  });

  it(
    'opens the inspector of a process that has none open, and closes it again, every time',
    async () => {
      const { pid, inspector, said } = await service('--inspect-port=0');
      for (const _ of [1, 2]) {
        const attachment = await attach(pid, signal);
        expect(attachment.pid).toBe(pid);
        expect(await isOpen(inspector())).toBe(true);
        expect(await detach(attachment)).toBeUndefined();
        expect(await isOpen(inspector())).toBe(false);
      }
      expect(said().match(/Debugger listening/g)).toHaveLength(2);
    },
    PATIENCE_MS,
  );

  it('sends no signal to what is not Node.js, or not there', async () => {
    const other = spawn('sleep', ['60']);
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other, 'spawn');
    await expect(attach(other.pid as number, signal)).rejects.toMatchObject({
      code: 'leak/attach',
      message: expect.stringMatching(/is not Node\.js: it runs \/.*\.$/),
    });
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill('SIGKILL');
    await once(other, 'exit');
    await expect(attach(other.pid as number, signal)).rejects.toMatchObject({
      code: 'leak/attach',
      message: `There is no process ${other.pid}.`,
    });
    await expect(attach(process.pid, signal)).rejects.toThrow('That is this process itself.');
  });

  it(
    'says what to do where the port of the inspector is taken',
    async () => {
      const first = await service('--inspect=0');
      const { port } = new URL(first.inspector());
      const { pid } = await service(`--inspect-port=${port}`);
      await expect(attach(pid, signal)).rejects.toMatchObject({
        code: 'leak/attach',
        message: expect.stringContaining('another process may have the port'),
        remedy: expect.stringContaining('--inspect=0'),
      });
    },
    PATIENCE_MS,
  );

  it('refuses what no inspector answers at', async () => {
    const closed = await service('--inspect=0');
    const url = closed.inspector();
    process.kill(closed.pid, 'SIGKILL');
    await closed.ended;
    const host = await talker();
    for (const [to, message] of [
      [url, `No inspector answers at ${url}.`],
      [new URL(url).host, 'ECONNREFUSED'],
      [host, 'it lists nothing that can be inspected'],
      [`ws://${host}/`, 'answered with "hello"'],
      ['ws://[', 'No inspector answers at ws://['],
      ['the service', '"the service" names no process.'],
      ['', '"" names no process.'],
      ['0', 'There is no process 0.'],
    ] as const) {
      await expect(attach(to, signal)).rejects.toMatchObject({
        code: 'leak/attach',
        message: expect.stringContaining(message),
        remedy: expect.stringMatching(/\.$/),
      });
    }
  });
});
