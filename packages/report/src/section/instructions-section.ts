import type { Comparison, Run } from '@perf/schema';
import { instructionSentences, instructionsLead } from '../words/instructions.js';
import type { Section } from './section.js';

/** How many instructions the benchmarks execute; nothing if nobody asked for that. */
export function instructionsSection(
  run: Run | undefined,
  comparison: Comparison | undefined,
): Section | undefined {
  const sentences = instructionSentences(run, comparison);
  if (sentences.length === 0) return undefined;
  return {
    id: 'instructions',
    title: 'Instructions',
    lead: instructionsLead,
    parts: [{ title: '', sentences, plots: [], tables: [] }],
  };
}
