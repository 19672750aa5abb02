import { type Compared, type Comparison, contentId } from '@perf/schema';

/**
 * The evidence id of one row of a comparison: `compared-` and 24 hexadecimal digits of its two runs (their labels, if
 * the runs are not named), probe and metric. Rows have no id of their own; this one is the same on every machine.
 */
export function comparisonId({ variants: { a, b } }: Comparison, { probe, metric }: Compared): string {
  const { suite, name, kind, params } = probe;
  const sides = [a.run ?? a.label, b.run ?? b.label];
  return `compared-${contentId({ sides, probe: { suite, name, kind, params }, metric })}`;
}
