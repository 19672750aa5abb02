import { exitCodes } from '../exit-codes.js';

/**
 * A signal that Ctrl-C, SIGTERM or a closed terminal aborts. The first one lets the command end in order; a second
 * one ends the process at once (the reaper then ends what still runs).
 *
 * @param say - Told once, when the first one comes.
 */
export function interruptSignal(say: () => void): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
    say();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller.signal;
}
