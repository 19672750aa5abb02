import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as loopTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { CoveredScript } from './coverage.js';
import { type ReportedScript, scriptsOf } from './reported-scripts.js';

/** Node.js writes the coverage of every thread and process into this folder when it ends, and hands it down itself. */
const VARIABLE = 'NODE_V8_COVERAGE';
/** How long processes that were told to end may take for it [ms]. */
const PATIENCE_MS = 500;

/**
 * Has the threads and processes that are started from now on count what they execute as well.
 *
 * @returns Collects what they executed. `blind` says why they may have executed more: those that still run, or were
 * killed, wrote nothing.
 */
export function watchOffspring(): () => Promise<{ scripts: CoveredScript[]; blind?: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-coverage-'));
  const threads = new Set<number>();
  const processes = new Set<ChildProcess>();
  process.env[VARIABLE] = folder;
  process.on('worker', (worker: Worker) => threads.add(worker.threadId));
  subscribe('child_process', (message) =>
    processes.add((message as { readonly process: ChildProcess }).process),
  );
  return async () => {
    // What was started just now is told of only then.
    await loopTurn();
    await Promise.race([
      Promise.all([...processes].map(ended)),
      sleep(PATIENCE_MS, undefined, { ref: false }),
    ]);
    const files = readdirSync(folder);
    const written = (thread: number) =>
      files.some((file) => file.startsWith(`coverage-${process.pid}-`) && file.endsWith(`-${thread}.json`));
    const scripts = files.flatMap((file) => scriptsOf([], reportIn(join(folder, file))));
    rmSync(folder, { recursive: true, force: true });
    if (![...threads].every(written)) return { scripts, blind: 'it leaves a thread running' };
    if ([...processes].some(({ exitCode }) => exitCode === null))
      return { scripts, blind: 'it starts a process that ran on, or was killed' };
    return { scripts };
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

function reportIn(file: string): ReportedScript[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { result: ReportedScript[] }).result;
}
