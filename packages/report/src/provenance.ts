import { type Comparison, type EnvironmentFact, probeKey, type Run } from '@perf/schema';
import { clip } from './terminal/display-width.js';
import { visible } from './visible.js';
import { counted, countedEach, formatDuration } from './words/counted.js';
import { formatQuantity } from './words/quantity.js';

/** Longest commit, branch or label in a line [columns]. */
const longestLabel = 100;

/** What was measured and how long it took: `3 probes in 1 suite, 7 processes each, 41 s`. */
export function scopeLine(run: Run): string {
  const processes = new Map<string, number>();
  for (const { probe } of run.measurements) {
    const key = probeKey(probe);
    processes.set(key, (processes.get(key) ?? 0) + 1);
  }
  const suites = new Set(run.measurements.map(({ probe }) => probe.suite));
  const parts = [`${counted(processes.size, 'probe')} in ${counted(suites.size, 'suite')}`];
  if (processes.size > 0) parts.push(countedEach([...processes.values()]));
  const elapsed =
    run.finishedAt === undefined ? Number.NaN : Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  if (elapsed >= 0) parts.push(formatDuration(elapsed));
  return parts.join(', ');
}

/** The machine in one line: `AMD EPYC 7763, 8 cores, linux x64, Node 20`. */
export function environmentLine({ environment: { stable } }: Run): string {
  const cores = `${stable.cores} ${stable.cores === 1 ? 'core' : 'cores'}`;
  return visible(`${stable.cpuModel}, ${cores}, ${stable.os} ${stable.arch}, Node ${stable.nodeMajor}`);
}

/** Where the code came from: `commit 1a2b3c4d5e6f on main, with uncommitted changes`; empty outside a repository. */
export function sourceLine({ source: { commit, branch, dirty } }: Run): string {
  const parts = [
    commit === undefined ? undefined : `commit ${label(shortCommit(commit))}`,
    branch === undefined ? undefined : `${commit === undefined ? 'branch' : 'on'} ${label(branch)}`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return '';
  return `${parts.join(' ')}${dirty === true ? ', with uncommitted changes' : ''}`;
}

/** What was compared with what: `b against a`, by their labels. */
export function variantsLine({ variants: { a, b } }: Comparison): string {
  return `${label(b.label)} against ${label(a.label)}`;
}

/** A fact of the moment for people, or why it cannot be had. */
export function factText(fact: EnvironmentFact): string {
  if ('unavailable' in fact) return visible(`unavailable: ${fact.unavailable}`);
  const { value, unit } = fact;
  if (typeof value === 'number' && (unit === 'ns' || unit === 'bytes')) return formatQuantity(value, unit);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return visible(`${value}${unit === undefined ? '' : ` ${unit}`}`);
}

function label(text: string): string {
  return clip(visible(text), longestLabel);
}

function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 12) : commit;
}
