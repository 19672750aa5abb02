import type { Answer, Envelope, News, Task } from '../protocol.js';
import { failureOf } from './failure.js';
import { perform } from './perform.js';
import { prepareLoading } from './prepare-loading.js';
import { talkOver } from './talk-over.js';

/** How long what is measured may take to clear up on SIGTERM [ms]; a little later the parent sends SIGKILL. */
const CLEARING_UP_MS = 800;

/**
 * Entry of a probe's own process: takes one task over IPC, answers once and ends, whatever the measured code left
 * open. It ends as well when its parent goes away.
 */
const loaded = prepareLoading();

const interrupted = new AbortController();
process.once('disconnect', () => process.exit(1));
process.once('SIGTERM', () => {
  interrupted.abort();
  setTimeout(() => process.exit(143), CLEARING_UP_MS);
});
process.once('message', (message) => {
  const { token, content: task } = message as Envelope<Task>;
  const answer = (content: Answer) => {
    process.removeAllListeners('disconnect');
    process.send?.({ token, content } satisfies Envelope<Answer>, () => process.exit(0));
  };
  const fail = (error: unknown) => answer({ did: 'fail', failure: failureOf(error) });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.once(event, fail);
  const tell = (news: News['news']) => {
    if (process.connected) process.send?.({ token, content: { did: 'news', news } } satisfies Envelope<News>);
  };
  perform(task, { signal: interrupted.signal, tell }, talkOver(token))
    .then((done) =>
      done.did === 'list' ? { ...done, replaced: loaded.replaced(), plain: loaded.plain() } : done,
    )
    .then(answer, fail);
});
