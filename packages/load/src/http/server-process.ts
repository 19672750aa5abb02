import { type ChildProcess, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { milliseconds } from '../check-option.js';
import { LoadError } from '../load-error.js';

export interface ServerProcessOptions {
  /** Arguments of the script. */
  readonly args?: readonly string[];
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** How long it may take to say its URL [ms]; default 30,000. */
  readonly readyMs?: number;
}

/** A server in a process of its own. */
export interface ServerProcess {
  /** As the server said it. */
  readonly url: string;
  readonly pid: number;
  /** Ends it by SIGTERM, after two seconds by SIGKILL; resolves when it is gone. A second call does nothing more. */
  close(): Promise<void>;
}

const READY_MS = 30_000;
const GRACE_MS = 2000;
/** Characters of its output that are kept to find the URL in, and for errors. */
const KEPT = 4096;

/**
 * Starts a server in a process of its own, so that it does not share its event loop with the generator, and waits
 * until it says where it listens: by `process.send({ url })`, or in the first URL that it prints.
 *
 * @param script - A file of JavaScript, or a command with its arguments, which should be the server itself and no
 *   wrapper: `pid` and signals are those of the command.
 * @throws {LoadError} `load/server` if it ends, or the time does, before it is ready; its last output is in the message.
 */
export async function serverProcess(
  script: string | URL | readonly [command: string, ...args: string[]],
  options: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const { readyMs = READY_MS } = options;
  milliseconds('readyMs', readyMs);
  const child = start(script, options);
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(kill, GRACE_MS);
    await gone;
    clearTimeout(force);
    process.removeListener('exit', kill);
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  try {
    const url = await urlOf(child, gone, readyMs);
    return { url, pid: child.pid ?? 0, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function start(
  script: string | URL | readonly [command: string, ...args: string[]],
  { args = [], env, cwd }: ServerProcessOptions,
): ChildProcess {
  const common = { env: { ...process.env, ...env }, ...(cwd !== undefined && { cwd }) };
  if (typeof script === 'string' || script instanceof URL) {
    const file = script instanceof URL ? fileURLToPath(script) : script;
    return fork(file, [...args], { ...common, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  }
  const [command, ...rest] = script;
  return spawn(command, [...rest, ...args], { ...common, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The streams are read on after the URL was found: a server that nobody reads would block. */
async function urlOf(child: ChildProcess, gone: Promise<string>, readyMs: number): Promise<string> {
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  const said = new Promise<string>((resolve) => {
    child.on('message', (message) => {
      if (message === null || typeof message !== 'object' || !('url' in message)) return;
      if (typeof message.url === 'string') resolve(message.url);
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-KEPT);
        const url =
          stream === child.stdout ? /https?:\/\/[^\s"'<>]+(?=[\s"'<>])/.exec(output)?.[0] : undefined;
        if (url !== undefined) resolve(url);
      });
    }
  });
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, readyMs, `it did not say its URL within ${readyMs} ms`);
  });
  const failed = Promise.race([gone, tooLate]).then((why) => {
    throw new LoadError(
      'load/server',
      `The server did not start: ${why}.${output && `\n${output.trimEnd()}`}`,
      {
        seen: why,
        remedy: 'Let it call process.send({ url }) or print its URL on a line once it listens.',
      },
    );
  });
  try {
    return await Promise.race([said, failed]);
  } finally {
    clearTimeout(timer);
  }
}
