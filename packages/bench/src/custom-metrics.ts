import type { CustomMetrics, Metric, Unit } from '@perf/schema';
import { BenchError } from './bench-error.js';

/** What a benchmark measures itself. */
export const ownMetrics = {
  time: 'time',
  heap: 'heap',
  cpu: 'cpu',
  gc: 'gc',
  throughput: 'throughput',
  items: 'items_per_second',
  bytes: 'bytes_per_second',
  reference: 'reference',
  normalised: 'time_normalised',
  emptyCall: 'empty_call',
  emptyAwait: 'empty_await',
  observation: 'overhead_observation',
  profiling: 'overhead_profiling',
} as const;

const UNITS: readonly Unit[] = ['ns', 'bytes', '1/s', 'ratio', 'count'];
/** Names are titles in every report [characters]. */
const LONGEST_NAME = 500;

/**
 * What the option `metrics` gave, as metrics of the measurement.
 *
 * @throws {BenchError} `bench/metric` if it is no object, or one of them has a blank or taken name, no finite value, or
 * a unit or direction that no document knows.
 */
export function customMetrics(given: CustomMetrics): Metric[] {
  if (given === null || typeof given !== 'object') {
    refuse('The option "metrics" of bench() gave no object.', typeof given, 'Return metrics by name.');
  }
  return Object.entries(given).map(([name, metric]) => {
    checkName(name);
    const { value, unit, better, judged = false } = metric ?? {};
    if (!Number.isFinite(value)) {
      refuse(`The metric "${name}" has the value ${String(value)}.`, value, 'Give a finite number.');
    }
    if (!UNITS.includes(unit)) {
      refuse(`The metric "${name}" has the unit ${String(unit)}.`, unit, `Give one of ${UNITS.join(', ')}.`);
    }
    if (better !== 'lower' && better !== 'higher') {
      refuse(`The metric "${name}" is better ${String(better)}.`, better, 'Say "lower" or "higher".');
    }
    return { name, unit, better, value, judged: judged === true };
  });
}

function checkName(name: string): void {
  if (name.trim() === '') refuse('A metric has a blank name.', name, 'Name what it is, such as hit_rate.');
  if (name.length > LONGEST_NAME) {
    refuse(
      `The metric "${name.slice(0, 40)}…" has too long a name.`,
      name.length,
      `Keep to ${LONGEST_NAME}.`,
    );
  }
  if ((Object.values(ownMetrics) as string[]).includes(name)) {
    refuse(`bench() has a metric "${name}" of its own.`, name, 'Choose another name.');
  }
}

function refuse(message: string, seen: unknown, remedy: string): never {
  throw new BenchError('bench/metric', message, { seen, remedy });
}
