import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Sees to it that no probe outlives this process, even if it is killed. */
export interface Reaper {
  started(pid: number): void;
  ended(pid: number): void;
  /** Call when no probe runs any more; the reaper's process ends. */
  dismiss(): void;
}

/**
 * Starts the reaper: one small process for a whole run, asleep until its pipe speaks or closes.
 *
 * @param marker - Of the run, in the environment of every process that it starts.
 */
export function startReaper(marker: string): Reaper {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./reaper.js', import.meta.url)), marker], {
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  child.stdin.on('error', () => undefined);
  const say = (line: string) => child.stdin.write(`${line}\n`);
  return {
    started: (pid) => say(`+${pid}`),
    ended: (pid) => say(`-${pid}`),
    dismiss: () => child.stdin.end(),
  };
}
