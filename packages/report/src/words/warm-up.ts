import { probeTitle, type Run, type WarmUpClass, type WarmUpSummary } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { counted } from './counted.js';

const words: readonly (readonly [WarmUpClass, string])[] = [
  ['flat', 'as fast from the start'],
  ['warm-up', 'warmed up'],
  ['slow-down', 'slowed down'],
  ['no-steady-state', 'never became steady'],
];

/**
 * How the processes of each benchmark warmed up, a sentence for each benchmark whose processes differ:
 * `parse › json: of 7 processes 5 warmed up, 2 never became steady.`
 */
export function warmUpSentences(run: Run | undefined): string[] {
  return (run?.warmUps ?? []).filter(differs).map(({ probe, classes }) => {
    const total = words.reduce((sum, [name]) => sum + classes[name], 0);
    const parts = words.flatMap(([name, said]) => (classes[name] === 0 ? [] : [`${classes[name]} ${said}`]));
    return `${clip(visible(probeTitle(probe)), 120)}: of ${counted(total, 'process')} ${parts.join(', ')}.`;
  });
}

function differs({ classes }: WarmUpSummary): boolean {
  return words.filter(([name]) => classes[name] > 0).length > 1;
}
