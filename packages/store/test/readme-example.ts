import { measurementOf } from '@perf/schema';
import { openStore } from '@perf/store';

/** Stores a run as it goes on, then says what the history holds of it. */
export function keepRun(file: string): string {
  const store = openStore(file);
  const run = store.beginRun({
    schema: 'perf/run@1',
    tool: { name: 'my-runner', version: '1.0.0' },
    startedAt: '2025-03-04T09:15:00Z',
    seed: 1,
    environment: {
      key: 'ci-linux',
      stable: { cpuModel: 'Example CPU', cores: 8, os: 'linux', arch: 'x64', nodeMajor: 22 },
      volatile: {},
    },
    source: { branch: 'main', commit: 'c0ffee', order: 12 },
  });
  const measurement = measurementOf({
    probe: { suite: 'cache', name: 'get, hit', kind: 'bench', params: {} },
    process: { index: 0, pid: 4711 },
    startedAt: '2025-03-04T09:15:01Z',
    elapsed: 2e9,
    seed: 1,
    status: 'ok',
    metrics: [
      { name: 'time', unit: 'ns', better: 'lower', value: 131.3, samples: [131.27, 131.4], judged: true },
    ],
  });
  store.appendMeasurement(run, measurement); // on the disk once it returns
  store.finishRun(run, { status: 'complete', finishedAt: '2025-03-04T09:15:04Z' });
  store.setBaseline({ branch: 'main', environment: 'ci-linux' }, run);

  const [series] = store.points({ suite: 'cache', branch: 'main' });
  const again = store.importDocument(JSON.parse(JSON.stringify(store.getRun(run))));
  store.close();
  return `${series?.points.length} point of ${series?.metric}; again: ${again.added ? 'added' : 'known'}`;
}
