import { readdirSync, readFileSync } from 'node:fs';
import { RUN_VARIABLE } from './protocol.js';

/**
 * Kills every process of a run that left its group, such as a daemon that a probe started: it still has the run's
 * marker in its environment, or that and a dot and more. Linux only; elsewhere such processes live on.
 *
 * Cost: one small read per process of the machine. Call it between measurements, not during one.
 */
export function killMarked(marker: string): void {
  if (process.platform !== 'linux' || marker === '') return;
  const entry = `${RUN_VARIABLE}=${marker}`;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      if (environment.some((one) => one === entry || one.startsWith(`${entry}.`)))
        process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It is another user's, or it has just ended.
    }
  }
}
