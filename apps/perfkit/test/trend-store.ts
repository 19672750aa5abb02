import { join } from 'node:path';
import { measurementOf, type Run, type RunHeader, runId } from '@perf/schema';
import { openStore } from '@perf/store';
import { folderWith } from './cli.js';

/** What a made-up history holds: for each run the level of its values. */
export interface MadeHistory {
  readonly levels: readonly number[];
  readonly suite?: string;
  readonly branch?: string;
  readonly environment?: string;
  /** Runs that are in the store already. */
  readonly from?: number;
  readonly commit?: string;
}

/** Small and different for every run and process, the same every time: -2 % to 2 %. */
function wobble(run: number, process: number): number {
  return 1 + 0.02 * Math.sin(12.9898 * (run + 1) + 78.233 * (process + 1) * (run + 3));
}

/** A run of one probe, measured in three processes. */
export function madeRun(index: number, level: number, made: Omit<MadeHistory, 'levels'> = {}): Run {
  const { suite = 'cache', branch = 'main', environment = 'env-a', commit = 'c' } = made;
  const startedAt = new Date(Date.UTC(2025, 0, 1 + index)).toISOString();
  const header: RunHeader = {
    schema: 'perf/run@1',
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt,
    seed: 1,
    environment: {
      key: environment,
      stable: { cpuModel: 'Example CPU', cores: 8, os: 'linux', arch: 'x64', nodeMajor: 22 },
      volatile: {},
    },
    source: { branch, commit: `${commit}${index}`.padEnd(8, '0'), dirty: false, order: index + 1 },
  };
  const measurements = [0, 1, 2].map((process) =>
    measurementOf({
      probe: { suite, name: 'get, hit', kind: 'bench', params: {} },
      process: { index: process, pid: 100 + process },
      startedAt,
      elapsed: 1e9,
      seed: 1,
      status: 'ok',
      metrics: [
        { name: 'time', unit: 'ns', better: 'lower', value: level * wobble(index, process), judged: true },
        { name: 'heap', unit: 'bytes', better: 'lower', value: 4096, judged: false },
      ],
    }),
  );
  return { ...header, id: runId(header), status: 'complete', finishedAt: startedAt, measurements };
}

/** Stores a history; gives the store's file. */
export function storeRuns(file: string, made: MadeHistory): Run[] {
  using store = openStore(file);
  const runs = made.levels.map((level, i) => madeRun((made.from ?? 0) + i, level, made));
  for (const run of runs) store.putRun(run);
  return runs;
}

/** A folder with a history in `history.db`. */
export function folderWithHistory(made: MadeHistory): { folder: string; file: string; runs: Run[] } {
  const folder = folderWith({ 'perf.config.yaml': 'store: history.db\n' });
  const file = join(folder, 'history.db');
  return { folder, file, runs: storeRuns(file, made) };
}

/** So many equal levels. */
export function flat(count: number, level: number): number[] {
  return new Array<number>(count).fill(level);
}
