import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@perf/monitor';
import { type Comparison, measurementOf, type ProbeId, type Run, runId } from '@perf/schema';
import { compareRuns, summariseRun } from '@perf/stats';
import type { Ended } from './cli.js';
import { folderWith } from './cli.js';

const bin = fileURLToPath(new URL('../bin/perfkit.mjs', import.meta.url));

/** The environment of this process without what GitHub Actions set in it: these tests run there too. */
export const outside: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('GITHUB_') && name !== 'CI'),
);

/** Runs the built CLI as a step of a job would, without blocking this process: a server in it can answer. */
export async function step(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  ...args: string[]
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...outside, NO_COLOR: '1', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = [child.stdout, child.stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += chunk;
    return text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout = '', stderr = ''] = await Promise.all(texts);
  return { code, stdout, stderr };
}

/** What a test's run is made of: times [ns] of five processes, before and after. */
export interface Timed {
  readonly name: string;
  readonly suite?: string;
  readonly before: number;
  readonly after: number;
  /** Of the last process; the others are ok. */
  readonly failure?: { message: string; stack?: string };
  readonly hot?: { function: string; file: string; line: number };
}

/** A judged run of these probes, as `perfkit run` would store it, with its comparison. */
export function judged(...probes: Timed[]): Run & { comparison: Comparison } {
  const runs = [0, 1].map((side): Run => {
    const header = {
      schema: 'perf/run@1' as const,
      tool: { name: 'perfkit', version: '0.1.0' },
      startedAt: `2026-01-0${side + 1}T00:00:00.000Z`,
      seed: 1,
      environment: readEnvironment(),
      source: { commit: `${side}`.repeat(40), branch: 'main', dirty: false },
    };
    const measurements = probes.flatMap((one) =>
      [0, 1, 2, 3, 4].map((index) => {
        const probe: ProbeId = { suite: one.suite ?? 'shop', name: one.name, kind: 'bench', params: {} };
        const value = (side === 0 ? one.before : one.after) * (1 + index / 100);
        const broken = side === 1 && index === 4 ? one.failure : undefined;
        return measurementOf({
          probe,
          process: { index, pid: 100 + index },
          startedAt: header.startedAt,
          elapsed: 1e9,
          seed: 1,
          status: broken === undefined ? 'ok' : 'failed',
          ...(broken !== undefined && { error: { code: 'Error', ...broken } }),
          metrics:
            broken === undefined ? [{ name: 'time', unit: 'ns', better: 'lower', value, judged: true }] : [],
          artifacts: one.hot === undefined ? {} : { hotFunctions: [{ ...one.hot, self: 0.8, total: 0.9 }] },
        });
      }),
    );
    const run: Run = { ...header, id: runId(header), status: 'complete', measurements };
    return {
      ...run,
      finishedAt: '2026-01-03T00:00:00.000Z',
      confidence: 0.95,
      summaries: summariseRun(run, 0.95),
    };
  });
  const comparison = compareRuns(runs[0] as Run, runs[1] as Run, {
    confidence: 0.9,
    thresholdOf: () => 0.05,
    labels: { a: 'the baseline', b: 'this run' },
  });
  return { ...(runs[1] as Run), comparison };
}

/** A folder with a run document `run.json`, and further files. */
export function folderOf(run: Run, files: Readonly<Record<string, string>> = {}): string {
  return folderWith({ 'run.json': JSON.stringify(run), ...files });
}

/** The environment of a step in a workflow for a pull request, whose event is put into the folder as `event.json`. */
export function inWorkflow(folder: string, api: string, token: string): Readonly<Record<string, string>> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: api,
    GITHUB_TOKEN: token,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_WORKSPACE: folder,
    GITHUB_WORKFLOW: 'Performance',
    GITHUB_JOB: 'measure',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '42',
  };
}
