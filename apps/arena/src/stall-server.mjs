// A real server that answers at once, but whose event loop is blocked for 200 ms every 2 s, as by a long collection or
// a synchronous parse. Says its URL by IPC; on the message 'blocks' it tells when it could not answer, in milliseconds of
// the monotonic clock, which all processes of a machine share.
import { createServer } from 'node:http';

const STALL_MS = 200;
const EVERY_MS = 2000;
/** A timer of 1 ms that is so late found the loop blocked, on purpose or because the machine had no core for it. */
const BLOCKED_MS = 5;
const now = () => Number(process.hrtime.bigint()) / 1e6;

const blocks = [];
let last = now();
setInterval(() => {
  const at = now();
  if (at - last > BLOCKED_MS) blocks.push([last, at]);
  last = at;
}, 1);

let nextAt = now() + EVERY_MS;
function stall() {
  const until = now() + STALL_MS;
  while (now() < until);
  nextAt += EVERY_MS;
  setTimeout(stall, nextAt - now());
}
setTimeout(stall, EVERY_MS);

const server = createServer((_request, response) => response.end('ok'));
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () =>
  process.send({ url: `http://127.0.0.1:${server.address().port}/` }),
);
process.on('message', (message) => message === 'blocks' && process.send({ blocks }));
process.on('disconnect', () => process.exit());
