import type { Gate, Run } from '@perf/schema';
import type { Badge } from '../page/badge.js';
import { visible } from '../visible.js';
import { counted } from '../words/counted.js';
import { gateLimit, gateObserved, gateSubject, gatesWorstFirst } from '../words/gate.js';
import { cell, column, type Section } from './section.js';

const badges: Readonly<Record<Gate['state'], Badge>> = {
  failed: { tone: 'regressed', sign: '✕', word: 'failed' },
  undecided: { tone: 'undecided', sign: '?', word: 'undecided' },
  'not-measured': { tone: 'incomparable', sign: '–', word: 'not measured' },
  passed: { tone: 'improved', sign: '✓', word: 'passed' },
};

/** The absolute limits and how the run stood to them; nothing if it has none. */
export function gatesSection(run: Run): Section | undefined {
  const gates = gatesWorstFirst(run.gates ?? []);
  if (gates.length === 0) return undefined;
  const passed = gates.filter(({ state }) => state === 'passed').length;
  return {
    id: 'gates',
    title: 'Gates',
    lead: 'Absolute limits. A gate is passed or failed when the whole interval of the figure lies on one side of its limit.',
    parts: [
      {
        title: '',
        sentences: [`${passed} of ${counted(gates.length, 'gate')} passed.`],
        plots: [],
        tables: [
          {
            caption: 'Gates and what was observed',
            open: true,
            columns: [
              column('State'),
              column('Of'),
              column('Limit', true),
              column('Observed', true),
              column('Set in'),
            ],
            rows: gates.map((gate) => [
              { text: '', badge: badges[gate.state] },
              cell(gateSubject(gate)),
              cell(gateLimit(gate)),
              cell(gateObserved(gate)),
              cell(visible(gate.origin)),
            ]),
          },
        ],
      },
    ],
  };
}
