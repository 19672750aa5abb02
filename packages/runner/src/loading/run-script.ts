import { setTimeout as sleep } from 'node:timers/promises';

/** How a script came to rest. */
export interface Rest {
  /** What it threw, if that is how it ended. */
  readonly error?: unknown;
}

/** Time without any news after which a script that keeps something open counts as at rest [ms]. */
const QUIET_MS = 3000;
const POLL_MS = 100;

/** Thrown where a script ends its process, so that it ends and the process does not. */
const exit: Error = new Error('The script has ended.');

/**
 * Runs a script as if it had its process to itself, until it has nothing left to do, throws, ends its process, or is
 * stopped. Then whatever handled errors and exits before does so again.
 *
 * @param load - Imports the script.
 * @param options - `stop`: ends the waiting; `changes`: grows while a script that keeps the process alive, such as by an
 * open connection, is still at work.
 */
export async function runScript(
  load: () => Promise<unknown>,
  { stop, changes }: { stop: Promise<void>; changes: () => number },
): Promise<Rest> {
  const over = new AbortController();
  const thrown = new Promise<Rest>((resolve) => {
    guard((error) => resolve(error === exit ? {} : { error }), over.signal);
  });
  const loaded = load().then(
    () => undefined,
    (error: unknown) => (error === exit ? {} : { error }),
  );
  const atRest = loaded.then(async (ended) => {
    if (ended === undefined) await Promise.race([idle(over.signal), quiet(changes, over.signal)]);
    return ended ?? {};
  });
  try {
    return await Promise.race([stop.then(() => ({})), thrown, atRest]);
  } finally {
    over.abort();
  }
}

/** Passes on what is thrown outside of any promise that is waited for, and what ends the process, until it is over. */
function guard(report: (error: unknown) => void, over: AbortSignal): void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.rawListeners(event) as (() => void)[]);
  const realExit = process.exit;
  process.exit = () => {
    report(exit);
    throw exit;
  };
  for (const event of events) process.removeAllListeners(event).on(event, report);
  over.addEventListener('abort', () => {
    process.exit = realExit;
    for (const [index, event] of events.entries()) {
      process.removeListener(event, report);
      for (const listener of before[index] ?? []) process.on(event, listener);
    }
  });
}

/** Resolves when nothing is open any more but the channel to the parent. */
async function idle(over: AbortSignal): Promise<void> {
  const { channel } = process;
  channel?.unref();
  await new Promise<void>((resolve) => {
    process.once('beforeExit', () => resolve());
    over.addEventListener('abort', () => resolve());
    if (over.aborted) resolve();
  });
  channel?.ref();
}

/** Resolves when so much time has passed without a change. It keeps nothing alive by itself. */
async function quiet(changes: () => number, over: AbortSignal): Promise<void> {
  let seen = changes();
  let since = performance.now();
  while (!over.aborted && performance.now() - since < QUIET_MS) {
    await sleep(POLL_MS, undefined, { ref: false });
    if (changes() === seen) continue;
    seen = changes();
    since = performance.now();
  }
}
