import { leakSummaries } from '@perf/leak';
import type { Run, RunFindings } from '@perf/schema';
import { scalabilityOf, summariseRun, warmUpsOf } from '@perf/stats';
import type { Config } from '../config/config.js';
import { gatesOf } from './gates.js';
import { overheadOf } from './overhead.js';

/**
 * A run with what follows from its measurements: summaries, leaks, scalability, overhead, warm-ups and gates. What it has already
 * stays, so that a stored run keeps the gates that it was held against; a run that was killed gets all of it.
 *
 * Does not mutate the run.
 */
export function withFindings<Given extends Run>(run: Given, config: Config): Given & Required<RunFindings> {
  const { measurements } = run;
  const confidence = run.confidence ?? 0.95;
  const found = {
    ...run,
    summaries: run.summaries ?? summariseRun(run, confidence),
    leaks: run.leaks ?? leakSummaries(measurements, confidence),
    scalability: run.scalability ?? scalabilityOf(run, confidence),
    overhead: run.overhead ?? overheadOf(measurements, confidence),
    warmUps: run.warmUps ?? warmUpsOf(run),
  };
  return { ...found, gates: run.gates ?? gatesOf(found, config) };
}
