import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('./fixtures/service.mjs', import.meta.url));

/** A service in a process of its own that runs until the test is over. */
export interface Service {
  readonly pid: number;
  readonly url: string;
  /** What it wrote to stderr so far. */
  readonly said: () => string;
  /** URL of its inspector, as it said last. */
  readonly inspector: () => string;
  /** Code or signal that it ended with. */
  readonly ended: Promise<number | string>;
}

/** Starts `fixtures/service.mjs`. @param flags - Of Node.js. */
export async function service(...flags: string[]): Promise<Service> {
  const child = spawn(process.execPath, [...flags, program], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  while (!said.includes('serves ')) await once(child.stderr, 'data');
  return {
    pid: child.pid as number,
    url: /serves (\S+)/.exec(said)?.[1] as string,
    said: () => said,
    inspector: () => said.match(/ws:\/\/\S+/g)?.at(-1) ?? '',
    ended,
  };
}
