import { fileURLToPath } from 'node:url';
import { bench, suite } from '@perf/bench';
import { leak } from '@perf/leak';
import { arrivals, http, load, type ServerProcess, scale, serverProcess } from '@perf/load';
import { SessionStore } from '../src/session.ts';
import { cycle, listOf } from './cycle.ts';

function spliced(token = '', other = ''): string {
  return token.slice(0, token.lastIndexOf('.')) + other.slice(other.lastIndexOf('.'));
}

/** A store at its limit, so that it neither grows nor shrinks, and the tokens of all its sessions. */
async function fullStore() {
  const store = await SessionStore.open({
    secret: new Uint8Array(32).fill(7),
    max: 200,
    idleMs: 600_000,
    maxAgeMs: 3_600_000,
    // A clock that stands: no session ends while it is measured.
    now: () => Date.UTC(2025, 0, 1),
  });
  const users = listOf(200, (index) => `user-${index}`);
  const created = await Promise.all(users.map((user) => store.create(user, { theme: 'dark' })));
  const tokens = listOf(users.length, (at) => created[at]?.token ?? '');
  return {
    store,
    nextUser: cycle(users),
    nextToken: cycle(tokens),
    // Each with the signature of its neighbour.
    nextForged: cycle(listOf(users.length, (at) => spliced(tokens[at], tokens.at(at - 1)))),
  };
}

/** The sessions as a server in a process of its own. */
function startServer(): Promise<ServerProcess> {
  const script = fileURLToPath(new URL('./session-server.ts', import.meta.url));
  return serverProcess([process.execPath, '--import', 'ts-blank-space/register', script]);
}

// Signatures are made and checked on other threads. One at a time, most of what is measured would be the system
// waking them up; with many in flight it is the work.
const concurrency = 16;

export default suite('session', {
  // Each new session ends the one unused for longest.
  'create, full': bench(({ store, nextUser }) => store.create(nextUser()), { concurrency, setup: fullStore }),

  verify: bench(({ store, nextToken }) => store.verify(nextToken()), { concurrency, setup: fullStore }),

  'refuse a forged token': bench(
    ({ store, nextForged }) => store.verify(nextForged()).catch(({ code }) => code),
    { concurrency, setup: fullStore },
  ),

  'sweep, nothing idle': bench(({ store }) => store.sweep(), { setup: fullStore }),

  'ended sessions are let go': leak(
    async ({ store }) => {
      const { session } = await store.create('user-0');
      store.revoke(session.id);
    },
    { setup: fullStore },
  ),

  'verify, 1 to 100 at once': load(
    ({ store, nextToken }) => store.verify(nextToken()),
    scale({ secondsEach: 0.7 }),
    {
      setup: fullStore,
    },
  ),

  // Users come when they come, whether the server has time or not.
  'open sessions over HTTP, 100 a second': load(
    http(({ url }: ServerProcess) => ({ url, path: '/sessions', method: 'POST', body: 'user-1' })),
    arrivals({ rate: 100, seconds: 5 }),
    {
      setup: startServer,
      teardown: (server) => server.close(),
      targetPid: ({ pid }) => pid,
      thresholds: { errorRate: 0.001 },
    },
  ),
});
