import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Suspicion, WatchOptions, WatchReport, WatchSnapshot } from '../src/index.js';

const program = fileURLToPath(new URL('./fixtures/watched-service.mjs', import.meta.url));

/** Seconds stand for hours. */
const options: WatchOptions = {
  intervalMs: 20,
  warmupMs: 1000,
  minWindowMs: 1500,
  cycleMs: 3000,
  floorBytes: 2 ** 20,
};

/** What a service has sent so far. */
export interface Sent {
  readonly suspicions: Suspicion[];
  readonly snapshots: WatchSnapshot[];
  readonly failures: string[];
  report?: WatchReport;
}

/**
 * Runs one of the services of watched-service.mjs with little memory, on the built package, until it has sent what is
 * waited for. Rejects if it ends by itself.
 */
export async function watchedService(
  name: string,
  isEnough: (sent: Sent) => boolean,
  more: WatchOptions = {},
): Promise<Sent> {
  const child = fork(program, [name, JSON.stringify({ ...options, ...more })], {
    execArgv: ['--max-old-space-size=120'],
    stdio: 'pipe',
  });
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output += String(chunk);
  });
  const sent: Sent = { suspicions: [], snapshots: [], failures: [] };
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: Message) => {
        if (message.suspicion) sent.suspicions.push(message.suspicion);
        if (message.snapshot) sent.snapshots.push(message.snapshot);
        if (message.failure) sent.failures.push(message.failure);
        if (message.report) sent.report = message.report;
        if (isEnough(sent)) resolve();
      });
      child.on('close', (code) => reject(new Error(`the service ended with ${code}: ${output}`)));
    });
    return sent;
  } finally {
    child.kill('SIGKILL');
  }
}

interface Message {
  readonly suspicion?: Suspicion;
  readonly snapshot?: WatchSnapshot;
  readonly failure?: string;
  readonly report?: WatchReport;
}
