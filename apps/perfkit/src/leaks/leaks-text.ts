import { leakSentence, leakSentences, leaksWorstFirst, visible } from '@perf/report';
import type { LeakSummary, Warning } from '@perf/schema';

/** What a hunt found, worst first: a sentence for each resource, below a leak who called what made it, then warnings. */
export function leaksText(leaks: readonly LeakSummary[], warnings: readonly Warning[]): string {
  const ordered = leaksWorstFirst(leaks);
  return [
    ...ordered
      .filter(({ verdict }) => verdict !== 'steady')
      .flatMap((leak) => [leakSentence(leak), ...callersOf(leak)]),
    ...leakSentences(ordered.filter(({ verdict }) => verdict === 'steady')),
    ...warnings.map(({ message }) => `Warning: ${visible(message)}`),
  ].join('\n');
}

/** In the form of a stack: `    at parse /app/parse.js:10`. */
function callersOf({ culprit }: LeakSummary): string[] {
  return (culprit?.site?.stack ?? []).map((caller) => `    at ${visible(caller)}`);
}
