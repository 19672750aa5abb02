import type { Measurement, Resource } from '@perf/schema';
import { visible } from '../visible.js';
import { counted } from '../words/counted.js';
import { formatInterval, formatQuantity } from '../words/quantity.js';

/** A resource over the processes of a probe. */
export interface ResourceRow {
  readonly name: string;
  /** Whether it is of the measured process or of the whole machine. */
  readonly scope: string;
  /** Least to greatest over the processes, or why there is none. */
  readonly value: string;
  readonly processes: string;
}

/** What a probe's processes used: the range of each resource, or the reason why it could not be read. */
export function resourceRows(measurements: readonly Measurement[]): ResourceRow[] {
  const names = new Set(measurements.flatMap(({ resources }) => Object.keys(resources)));
  return [...names].flatMap((name) => {
    const found = measurements
      .map(({ resources }) => resources[name])
      .filter((resource) => resource !== undefined);
    const values = found.flatMap((resource) => ('value' in resource ? [resource.value] : []));
    const first = found[0] as Resource;
    const base = { name: words(name), scope: first.scope };
    const rows: ResourceRow[] = [];
    if (values.length > 0) {
      rows.push({ ...base, value: rangeOf(values, first), processes: counted(values.length, 'process') });
    }
    for (const [reason, count] of reasons(found)) {
      rows.push({ ...base, value: `unavailable: ${visible(reason)}`, processes: counted(count, 'process') });
    }
    return rows;
  });
}

function rangeOf(values: readonly number[], { unit }: Resource): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const { estimate, range } = formatInterval({ estimate: high, low, high }, unit);
  return low === high ? formatQuantity(low, unit) : range.startsWith(estimate) ? estimate : range;
}

function reasons(resources: readonly Resource[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    if (!('unavailable' in resource)) continue;
    counts.set(resource.unavailable, (counts.get(resource.unavailable) ?? 0) + 1);
  }
  return counts;
}

/** `rssPeak` as `rss peak`, for people. */
export function words(name: string): string {
  return visible(
    name.replace(
      /([a-z0-9])([A-Z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    ),
  );
}
