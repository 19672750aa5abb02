import type { Comparison, Run } from '@perf/schema';
import { factText } from '../provenance.js';
import { visible } from '../visible.js';
import type { Fact } from './metric-view.js';
import { words } from './resource-rows.js';

/** What must be equal for two runs to be comparable. */
export function machineFacts({ environment: { key, stable } }: Run): Fact[] {
  return facts([
    ['CPU', stable.cpuModel],
    ['cores', String(stable.cores)],
    ['operating system', `${stable.os} ${stable.arch}`],
    ['Node.js', String(stable.nodeMajor)],
    ['environment key', key],
  ]);
}

/** What held at the moment of the run. */
export function momentFacts({ environment }: Run): Fact[] {
  return Object.entries(environment.volatile).map(([name, fact]) => ({
    name: words(name),
    value: factText(fact),
  }));
}

/** Where code, figures and randomness came from. */
export function originFacts(run: Run | undefined, comparison: Comparison | undefined): Fact[] {
  const variant = (side: 'a' | 'b'): string | undefined => {
    const known = comparison?.variants[side];
    return known && `${known.label}${known.run === undefined ? '' : ` (run ${known.run})`}`;
  };
  return facts([
    ['commit', run?.source.commit],
    ['branch', run?.source.branch],
    ['uncommitted changes', run?.source.dirty === undefined ? undefined : run.source.dirty ? 'yes' : 'no'],
    ['started', run?.startedAt],
    ['finished', run?.finishedAt],
    ['status', run?.status],
    ['run', run?.id],
    ['baseline (a)', variant('a')],
    ['compared with it (b)', variant('b')],
    ['seed', run === undefined ? undefined : String(run.seed)],
    ['tool', run && `${run.tool.name} ${run.tool.version}`],
  ]);
}

function facts(pairs: readonly (readonly [name: string, value: string | undefined])[]): Fact[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: visible(value) }]));
}
