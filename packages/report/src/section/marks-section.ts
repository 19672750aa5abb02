import type { Run } from '@perf/schema';
import { probeReports } from '../probe-report.js';
import { expectedFailureSentences, skippedSentences } from '../words/marks.js';
import type { Section } from './section.js';

/** What perf files keep from being measured or let fail; nothing if they mark nothing. */
export function marksSection(run: Run): Section | undefined {
  const sentences = [...expectedFailureSentences(probeReports(run, undefined)), ...skippedSentences(run)];
  if (sentences.length === 0) return undefined;
  return {
    id: 'marks',
    title: 'Set aside',
    lead: 'Probes that their files mark with skip(), fails() or only(). None of them fails the run, and none has figures.',
    parts: [{ title: '', sentences, plots: [], tables: [] }],
  };
}
