import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { measureFolder, planFor } from './measuring.js';
import { perfFile, project } from './project.js';

/** A probe that starts a process of its own, writes down both ids, and then blocks its thread for ever. */
const blocking = (pids: string) => `
  const { spawn } = await import('node:child_process');
  const { writeFileSync } = await import('node:fs');
  const child = spawn('sleep', ['600']);
  writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);
  for (;;);`;

describe('an interrupted run', () => {
  it('keeps what was measured, ends the process that runs and starts no other', async () => {
    const root = project({});
    const pids = join(root, 'pids');
    writeFileSync(join(root, 'x.perf.ts'), perfFile('x', { quick: '', blocks: blocking(pids) }));
    const controller = new AbortController();
    const running = measureFolder(root, { signal: controller.signal, processes: 5 });
    const seen = await pidsIn(pids);
    controller.abort();
    const { events, measurements } = await running;
    expect(measurements.every((m) => m.status === 'ok')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'starting', probe: { name: 'blocks' } });
    await expectGone(seen);
  });
});

describe('a runner that is killed', () => {
  it('leaves no process behind, not even one that blocks or was started by a probe', async () => {
    const root = project({});
    const pids = join(root, 'pids');
    writeFileSync(join(root, 'x.perf.ts'), perfFile('x', { blocks: blocking(pids) }));
    const { signal: _, ...plan } = planFor(root);
    const runner = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `
      import { measureVariants } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
      const variants = [{ label: 'only', root: ${JSON.stringify(root)}, files: [${JSON.stringify(join(root, 'x.perf.ts'))}] }];
      const plan = { ...${JSON.stringify(plan)}, variants, signal: new AbortController().signal };
      for await (const event of measureVariants(plan));
    `,
    ]);
    const seen = await pidsIn(pids);
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    await expectGone(seen);
  });
});

async function pidsIn(file: string): Promise<number[]> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(20);
  return readFileSync(file, 'utf8').split(' ').map(Number);
}

/** Waits until none is alive any more; the test's own time limit is the only clock. */
async function expectGone(pids: readonly number[]): Promise<void> {
  expect(pids.every((pid) => pid > 0)).toBe(true);
  while (pids.some(isAlive)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
