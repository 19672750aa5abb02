/**
 * Sends a signal to a process and to everything it started, if they share its group. One that is gone is no error.
 *
 * Windows has no groups: there only the process itself is ended.
 */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
