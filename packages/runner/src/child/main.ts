import { register } from 'node:module';
import { type Answer, LOADING_VARIABLE, type LoadingOptions, type Task } from '../protocol.js';
import { failureOf } from './failure.js';
import { perform } from './perform.js';

/**
 * Entry of a probe's own process: takes one task over IPC, answers once and ends, whatever the measured code left
 * open. It ends as well when its parent goes away.
 */
const options = JSON.parse(process.env[LOADING_VARIABLE] ?? '{}') as LoadingOptions;
delete process.env[LOADING_VARIABLE];
register(new URL('./hooks.js', import.meta.url), { data: options });

const interrupted = new AbortController();
process.once('disconnect', () => process.exit(1));
process.once('SIGTERM', () => {
  interrupted.abort();
  process.exit(143);
});
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.once(event, (error: unknown) => answer({ did: 'fail', failure: failureOf(error) }));
}
process.once('message', (task) => {
  perform(task as Task, interrupted.signal).then(answer, (error: unknown) =>
    answer({ did: 'fail', failure: failureOf(error) }),
  );
});

function answer(message: Answer): void {
  process.removeAllListeners('disconnect');
  process.send?.(message, () => process.exit(0));
}
