import { createInterface } from 'node:readline';
import { killGroup } from '../kill-group.js';
import { killMarked } from '../kill-marked.js';

/**
 * Entry of the reaper: a process that outlives its parent just long enough to kill the probes it left behind.
 *
 * Each line names a process: `+123` was started, `-123` has ended. When the parent dies, however suddenly, the pipe
 * closes, and what is still alive is killed with all its descendants.
 */
const alive = new Set<number>();
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) alive.add(pid);
    else alive.delete(pid);
  })
  .on('close', () => {
    for (const pid of alive) killGroup(pid, 'SIGKILL');
    killMarked(process.argv[2] ?? '');
  });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
