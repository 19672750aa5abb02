import { type Advice, type Measurement, type ProbeId, probeKey, type Run } from '@perf/schema';
import type { Annotation } from './workflow-command.js';
import { workspacePath } from './workspace-path.js';

/** A place that GitHub can show; empty if there is none in the repository. */
type Place = Pick<Annotation, 'file' | 'line'>;

/** Where annotations belong. */
export interface Places {
  at(file: string, line: number | undefined): Place;
  /** Of a probe's metric: where advice on that metric points, else advice on the probe, else its hottest own function. */
  of(probe: ProbeId, metric: string): Place;
  /** Of a failure: the first frame of its stack in the repository, or the perf file that could not be loaded. */
  ofFailure(measurement: Measurement): Place;
}

/**
 * The places that a run and its advice know, as GitHub knows them.
 *
 * @param where - `folder`: where relative paths of the run start; `workspace`: top of the checkout. Both absolute.
 */
export function codePlaces(
  run: Run,
  advice: Advice,
  where: { readonly folder: string; readonly workspace: string },
): Places {
  const at = (path: string, line: number | undefined): Place => {
    const file = workspacePath(path, where.folder, where.workspace);
    if (file === undefined) return {};
    return { file, ...(line !== undefined && line > 0 && { line }) };
  };
  return {
    at,
    of: (probe, metric) => {
      const key = probeKey(probe);
      const advised = advice.findings.filter((one) => one.probe !== undefined && probeKey(one.probe) === key);
      const candidates = [...advised.filter((one) => one.metric === metric), ...advised].flatMap(
        ({ place }) => (place === undefined ? [] : [place]),
      );
      const hot = run.measurements
        .filter((measurement) => probeKey(measurement.probe) === key)
        .flatMap(({ artifacts }) => artifacts.hotFunctions ?? []);
      return firstShown([...candidates, ...hot].map(({ file, line }) => at(file, line)));
    },
    ofFailure: ({ probe, error }) => {
      if (probe.kind === 'file') return at(probe.suite, undefined);
      const frames = [...(error?.stack ?? '').matchAll(/((?:file:\/\/)?\/[^\s()]+):(\d+):\d+/g)];
      return firstShown(frames.map(([, file, line]) => at(file as string, Number(line))));
    },
  };
}

function firstShown(places: readonly Place[]): Place {
  return places.find(({ file }) => file !== undefined) ?? {};
}
