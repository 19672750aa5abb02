import { type Advice, probeTitle } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { findingsWorstFirst, observedText, placeText, savingText } from '../words/advice.js';
import type { Badge } from './badge.js';
import type { Fact } from './metric-view.js';

/** One finding as a card. */
export interface AdviceCard {
  /** Under which it is cited. */
  readonly number: number;
  readonly badge: Badge;
  readonly title: string;
  readonly probe: string;
  readonly detail: string;
  readonly facts: readonly Fact[];
}

export interface AdviceView {
  readonly cards: readonly AdviceCard[];
  /** What a language model wrote, if one did. */
  readonly explanation:
    | {
        readonly model: string;
        readonly sentences: readonly { readonly text: string; readonly cites: readonly number[] }[];
      }
    | undefined;
}

const badges = {
  critical: { tone: 'regressed', sign: '▲', word: 'critical' },
  moderate: { tone: 'undecided', sign: '▲', word: 'moderate' },
  minor: { tone: 'equivalent', sign: '▲', word: 'minor' },
  info: { tone: 'measured', sign: 'i', word: 'for information' },
} as const satisfies Record<string, Badge>;

/** Ids of evidence are long; a reader needs them only to look them up. */
const mostEvidence = 3;
const idLength = 12;

/** Advice as cards, worst first; nothing if there is none. Texts are neutralised, but not yet HTML. */
export function adviceView(advice: Advice | undefined): AdviceView | undefined {
  const findings = findingsWorstFirst(advice);
  if (findings.length === 0) return undefined;
  const { explanation } = advice as Advice;
  return {
    cards: findings.map(({ number, finding }) => ({
      number,
      badge: badges[finding.severity],
      title: visible(titleOf(finding)),
      probe: finding.probe === undefined ? '' : visible(probeTitle(finding.probe)),
      detail: visible(finding.detail ?? ''),
      facts: [
        { name: 'observed', value: observedText(finding) },
        { name: 'at', value: placeText(finding) },
        { name: 'could save', value: savingText(finding) },
        { name: 'to verify', value: visible(finding.verify) },
        { name: 'rule', value: visible(finding.rule) },
        { name: 'evidence', value: evidenceText(finding.evidence) },
      ].filter(({ value }) => value !== ''),
    })),
    explanation: explanation && {
      model: visible(explanation.model),
      sentences: explanation.sentences.map(({ text, cites }) => ({
        text: visible(text),
        // A citation of a finding that is not there would be a link to nowhere.
        cites: cites.map((index) => index + 1).filter((number) => number <= findings.length),
      })),
    },
  };
}

/** The title without the probe's name before it, which stands on the card already. */
function titleOf({ title, probe }: Advice['findings'][number]): string {
  const name = probe === undefined ? '' : `${probeTitle(probe)}: `;
  return title.startsWith(name) ? title.slice(name.length) || title : title;
}

function evidenceText(ids: readonly string[]): string {
  const shown = ids
    .slice(0, mostEvidence)
    .map((id) => clip(visible(id), idLength))
    .join(', ');
  return ids.length > mostEvidence ? `${shown} and ${ids.length - mostEvidence} more` : shown;
}
