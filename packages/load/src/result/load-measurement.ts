import { performance } from 'node:perf_hooks';
import { type Artifacts, type Measurement, measurementOf, type ProbeContext } from '@perf/schema/core';
import type { LoadThresholds } from '../load-options.js';
import { encodeHistogram } from '../recording/latency-histogram.js';
import type { ObservedLoad } from '../under-load.js';
import { limitFindings } from './limit-findings.js';
import { loadMetrics } from './load-metrics.js';
import { loadWarnings } from './load-warnings.js';
import { nothingSucceeded } from './nothing-succeeded.js';
import { trendFindings } from './trend-findings.js';

/** What was seen of a load, as a document. It has failed when no operation succeeded, and keeps its counts then. */
export function loadMeasurement(
  observed: ObservedLoad,
  thresholds: LoadThresholds | undefined,
  { probe, processIndex, seed }: ProbeContext,
): Measurement {
  const { shape, timeline, recorder, resources } = observed;
  const failure = nothingSucceeded(recorder);
  const trends = shape.shape === 'endurance' ? trendFindings(timeline) : [];
  return measurementOf({
    probe,
    process: { index: processIndex, pid: process.pid },
    startedAt: observed.date,
    elapsed: Math.round((performance.now() - observed.startedAt) * 1e6),
    seed,
    status: failure === undefined ? 'ok' : 'failed',
    ...(failure !== undefined && { error: failure }),
    metrics: loadMetrics(observed),
    resources,
    findings: [...limitFindings(thresholds), ...trends],
    warnings: loadWarnings(observed),
    artifacts: artifactsOf(observed),
  });
}

/** In the closed model an operation starts when it is meant to: response is service, and there is no lag. */
function artifactsOf({ shape, timeline, recorder, course }: ObservedLoad): Artifacts {
  const response = encodeHistogram(recorder.response);
  const { model } = shape;
  return {
    timeline,
    histogram:
      model === 'open'
        ? { response, service: encodeHistogram(recorder.service), lag: encodeHistogram(recorder.lag) }
        : { response, service: response },
    load: {
      model,
      shape: shape.shape,
      stages: [...course.stages],
      ...(course.breakingPoint && { breakingPoint: course.breakingPoint }),
    },
  };
}
