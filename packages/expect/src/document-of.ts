import { readFileSync } from 'node:fs';
import { readEnvironment } from '@perf/monitor';
import { type Measurement, type ProbeId, type Run, type RunHeader, runId } from '@perf/schema';
import type { Measured } from './measure-targets.js';

/**
 * What processes gave as a run, which is what statistics work on. It is not stored: its effort is a test's.
 *
 * @param probe - The name its measurements go under, so that two different probes can be compared.
 */
export function documentOf({ measurements }: Measured, probe: ProbeId, profile?: string): Run {
  const header: RunHeader = {
    schema: 'perf/run@1',
    tool: { name: '@perf/expect', version: version() },
    startedAt: measurements[0]?.startedAt ?? new Date().toISOString(),
    seed: measurements[0]?.seed ?? 0,
    environment: readEnvironment(profile),
    source: {},
  };
  const named = { ...probe, params: { ...probe.params } };
  return {
    ...header,
    id: runId(header),
    status: 'complete',
    measurements: measurements.map((measurement): Measurement => ({ ...measurement, probe: named })),
  };
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
