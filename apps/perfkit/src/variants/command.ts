import { spawn } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  /** Undefined if a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Aborting it ends the command with all that it started. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Whether the line is one for the shell. */
  readonly shell?: boolean;
}

/** Kept of each stream, from its end [characters]. */
const LIMIT = 1_000_000;

/**
 * Runs a command to its end, whatever that is. Nothing of it reaches the terminal.
 *
 * Windows runs package managers, which are scripts there, through the shell.
 *
 * @throws the system's error, such as `ENOENT`, if it cannot be started; the signal's reason once that is aborted.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<Ended> {
  const {
    cwd,
    env,
    signal,
    timeoutMs,
    shell = process.platform === 'win32' && !/\.exe$/i.test(command),
  } = options;
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    shell,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(env !== undefined && { env }),
  });
  const stop = () => kill(child.pid);
  const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const ended = await new Promise<Ended>((resolve, reject) => {
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout = (stdout + text).slice(-LIMIT);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(-LIMIT);
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code: code ?? undefined, stdout, stderr }));
    });
    signal?.throwIfAborted();
    return ended;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Ends a command with its group, which it leads; on Windows alone. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** The last lines that say something, for an error that quotes a command; how it ended if it said nothing. */
export function lastWords({ code, stdout, stderr }: Ended, lines = 6): string {
  const text = stderr.trim() === '' ? stdout : stderr;
  if (text.trim() === '')
    return code === undefined ? 'it was killed.' : `it ended with code ${code} and no word.`;
  return text
    .trim()
    .split(/\s*\n\s*/)
    .slice(-lines)
    .join(' ')
    .slice(-600);
}
