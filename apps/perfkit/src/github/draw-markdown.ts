import { renderMarkdown } from '@perf/report';
import type { Advice, Run } from '@perf/schema';

/** A run with its advice as Markdown for GitHub, in at most so many characters (not below 2,000), the worst rows kept. */
export function drawMarkdown(run: Run, advice: Advice, maxLength: number): string {
  return renderMarkdown({ run, advice }, { maxLength });
}
