import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { efforts, measureFolder, planFor } from './measuring.js';
import { perfFile, project } from './project.js';

/** A probe that starts a daemon, which holds its output open, writes down both ids and blocks its thread for ever. */
const blocking = (pids: string) => `
  const { spawn } = await import('node:child_process');
  const { writeFileSync } = await import('node:fs');
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'inherit' });
  writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);
  for (;;);`;

describe('an interrupted run', () => {
  it('keeps what was measured, ends the process that runs and starts no other', async () => {
    const root = project({});
    const pids = join(root, 'pids');
    writeFileSync(join(root, 'x.perf.ts'), perfFile('x', { quick: '', blocks: blocking(pids) }));
    const controller = new AbortController();
    const running = measureFolder(root, { signal: controller.signal, effortOf: efforts(5) });
    const seen = await pidsIn(pids);
    controller.abort();
    const { events, measurements } = await running;
    expect(measurements.every((m) => m.status === 'ok')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'starting', probe: { name: 'blocks' } });
    await expectGone(seen);
  });
});

describe('a probe that leaves a daemon behind', () => {
  it('is measured, and the daemon is ended', async () => {
    const root = project({});
    const pids = join(root, 'pids');
    const leaving = blocking(pids).replace('for (;;);', 'child.unref();');
    writeFileSync(join(root, 'x.perf.ts'), perfFile('x', { leaves: leaving }));
    const { measurements } = await measureFolder(root);
    expect(measurements.map((m) => m.status)).toEqual(['ok']);
    await expectGone(await pidsIn(pids));
  });
});

describe('a probe that is told to stop', () => {
  it('sees the signal and may clear up before it ends', async () => {
    const root = project({});
    const [started, cleared] = [join(root, 'started'), join(root, 'cleared')];
    const body = `const { writeFileSync } = await import('node:fs');
      writeFileSync(${JSON.stringify(started)}, '1 1');
      await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
      writeFileSync(${JSON.stringify(cleared)}, 'yes');
      throw new Error('stopped');`;
    writeFileSync(join(root, 'x.perf.ts'), perfFile('x', { waits: body }));
    const controller = new AbortController();
    const running = measureFolder(root, { signal: controller.signal });
    await pidsIn(started);
    controller.abort();
    expect((await running).measurements).toEqual([]);
    expect(existsSync(cleared)).toBe(true);
  });
});

describe('a runner that is killed', () => {
  it('leaves no process behind, not even one that blocks or was started by a probe', async () => {
    const root = project({});
    const pids = join(root, 'pids');
    writeFileSync(join(root, 'x.perf.ts'), perfFile('x', { blocks: blocking(pids) }));
    const { signal: _, effortOf: __, ...plan } = planFor(root);
    const runner = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `
      import { measureVariants } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
      const variants = [{ label: 'only', root: ${JSON.stringify(root)}, files: [${JSON.stringify(join(root, 'x.perf.ts'))}] }];
      const effortOf = () => ({ processes: 1, budget: { timeMs: 1, warmupMs: 1, share: 1 } });
      const plan = { ...${JSON.stringify(plan)}, effortOf, variants, signal: new AbortController().signal };
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
