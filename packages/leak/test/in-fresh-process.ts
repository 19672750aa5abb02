import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Measurement } from '@perf/schema';

const program = fileURLToPath(new URL('./fixtures/measure.mjs', import.meta.url));

/** Measures one of the fixtures' cases in a process of its own, on the built package. */
export async function inFreshProcess(name: string, share = 0.1): Promise<Measurement> {
  const child = fork(program, [name, String(share)], { execArgv: [], stdio: 'pipe' });
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output += String(chunk);
  });
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'close').then(([code]) => {
      throw new Error(`the process ended with ${code}: ${output}`);
    }),
  ]);
  return answer as Measurement;
}
