import type { Compared, Verdict } from '@perf/schema';
import type { Standing } from '../standing.js';

/** A verdict's mark: a sign and a word, so that colour only repeats what is written. */
export interface Badge {
  /** CSS class. */
  readonly tone: Standing;
  readonly sign: string;
  readonly word: string;
}

const signs: Readonly<Record<Standing, Omit<Badge, 'tone'>>> = {
  failed: { sign: '✕', word: 'failed' },
  leaking: { sign: '▲', word: 'leaking' },
  'over-limit': { sign: '✕', word: 'gate failed' },
  regressed: { sign: '▲', word: 'regressed' },
  undecided: { sign: '?', word: 'undecided' },
  incomparable: { sign: '–', word: 'not compared' },
  improved: { sign: '▼', word: 'improved' },
  equivalent: { sign: '=', word: 'equivalent' },
  measured: { sign: '•', word: 'measured' },
  'expected-failure': { sign: '✓', word: 'failed as expected' },
};

export function badgeOf(standing: Standing): Badge {
  return { tone: standing, ...signs[standing] };
}

/** The badge of one compared metric; a regression names its severity. */
export function verdictBadge({
  verdict,
  severity,
}: {
  verdict: Verdict;
  severity?: Compared['severity'];
}): Badge {
  const badge = badgeOf(verdict);
  return severity === undefined ? badge : { ...badge, word: `${badge.word}, ${severity}` };
}
