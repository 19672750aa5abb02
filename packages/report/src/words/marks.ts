import type { Run } from '@perf/schema';
import { failureGroups } from '../failure-groups.js';
import type { ProbeReport } from '../probe-report.js';
import { clip } from '../terminal/display-width.js';
import { counted } from './counted.js';
import { nameIn } from './sentence.js';

/** Longest reason [columns]. */
const longestReason = 300;
/** Of more skipped probes than this the rest is counted. */
const mostNamed = 20;

/** Each probe that failed as it is known to, with what it threw. */
export function expectedFailureSentences(probes: readonly ProbeReport[]): string[] {
  return probes.flatMap(({ probe, expected, measurements }) =>
    failureGroups(expected, measurements.length).map(
      ({ what, reason }) => `${nameIn(probe)} ${what}: ${clip(reason, longestReason)}`,
    ),
  );
}

/** Each probe that is marked to be skipped, and how many are left out for the marks of others. */
export function skippedSentences(run: Run | undefined): string[] {
  const skipped = run?.skipped ?? [];
  const own = skipped.filter(({ reason }) => reason === 'skip');
  const others = skipped.length - own.length;
  return [
    ...own.slice(0, mostNamed).map(({ probe }) => `${nameIn(probe)} is skipped: it is marked with skip().`),
    ...(own.length > mostNamed ? [`${own.length - mostNamed} more are marked with skip().`] : []),
    ...(others > 0
      ? [
          `${counted(others, 'probe')} left out: only() marks what was measured in ${others === 1 ? 'its' : 'their'} place.`,
        ]
      : []),
  ];
}

/** Both in a sentence or two of a headline; nothing where there is neither. */
export function marksHeadline(run: Run | undefined, probes: readonly ProbeReport[]): string[] {
  const failing = probes.filter(({ standing }) => standing === 'expected-failure').length;
  const skipped = (run?.skipped ?? []).filter(({ reason }) => reason === 'skip').length;
  const leftOut = (run?.skipped ?? []).length - skipped;
  return [
    ...(failing > 0 ? [`${counted(failing, 'probe')} failed as expected.`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'probe')} skipped.`] : []),
    ...(leftOut > 0 ? [`${counted(leftOut, 'probe')} left out by only().`] : []),
  ];
}
