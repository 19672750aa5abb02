import { join } from 'node:path';
import { counter } from '../figure.js';
import { controlGroups } from '../machine/control-groups.js';
import { type QuotaGroup, quotaGroups } from '../machine/cpu-quota.js';
import { KernelFile } from '../machine/kernel-file.js';
import type { OpenSource, Source } from '../source.js';
import { absent } from './absent.js';

const figures = [
  counter('quotaPeriods', 'count', 'group'),
  counter('throttledPeriods', 'count', 'group'),
  counter('throttledTime', 'ns', 'group'),
];
const PERIODS = Buffer.from('nr_periods ');
const THROTTLED = Buffer.from('nr_throttled ');
/** Version 1 counts in nanoseconds, version 2 in microseconds. */
const TIME = {
  1: { word: Buffer.from('throttled_time '), ns: 1 },
  2: { word: Buffer.from('throttled_usec '), ns: 1000 },
} as const;

interface Counted {
  readonly file: KernelFile;
  readonly version: 1 | 2;
}

/**
 * How often and how long [ns] the kernel held this process's control group back, since it had used up its CPU quota
 * of a period; summed over the groups around it that have a quota. Linux only, versions 1 and 2.
 *
 * Source: cpu.stat; see Documentation/scheduler/sched-bwc and admin-guide/cgroup-v2 of Linux.
 */
export const throttling: OpenSource = (root) => {
  const groups = controlGroups(root);
  if (groups === undefined) return absent(figures, 'there are no control groups here');
  const all = quotaGroups(groups);
  const limiting = all.filter(({ cores }) => cores !== undefined);
  const counted = limiting.length > 0 ? limiting.flatMap(countedIn) : all.flatMap(countedIn).slice(0, 1);
  if (counted.length === 0) {
    return absent(
      figures,
      'no control group of this process counts throttling: none of them can have a quota',
    );
  }
  return sumOf(counted);
};

/** A group without the controller, such as the root of version 2, does not count. */
function countedIn({ folder, version }: QuotaGroup): Counted[] {
  const file = KernelFile.open(join(folder, 'cpu.stat'));
  if (typeof file === 'string') return [];
  if (file.read() && file.behind(THROTTLED)) return [{ file, version }];
  file.close();
  return [];
}

function sumOf(counted: readonly Counted[]): Source {
  return {
    figures,
    read(into, at) {
      into.fill(0, at, at + figures.length);
      for (const { file, version } of counted) {
        file.read();
        into[at] = (into[at] ?? 0) + after(file, PERIODS);
        into[at + 1] = (into[at + 1] ?? 0) + after(file, THROTTLED);
        into[at + 2] = (into[at + 2] ?? 0) + after(file, TIME[version].word) * TIME[version].ns;
      }
    },
    close() {
      for (const { file } of counted) file.close();
    },
  };
}

function after(file: KernelFile, word: Buffer): number {
  return file.behind(word) ? file.integer() : Number.NaN;
}
