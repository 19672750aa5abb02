import type { Verdict } from '@perf/schema';
import pico from 'picocolors';

/** The few styles of a report in the terminal. Each also reads without colour. */
export interface Colours {
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly verdict: (verdict: Verdict, text: string) => string;
}

/** Styles that add ANSI escapes, or nothing at all. */
export function coloursOf(enabled: boolean): Colours {
  const { bold, dim, red, yellow, green, cyan } = pico.createColors(enabled);
  const hues: Record<Verdict, (text: string) => string> = {
    regressed: red,
    undecided: yellow,
    improved: green,
    equivalent: cyan,
  };
  return {
    strong: bold,
    dim,
    bad: (text) => bold(red(text)),
    verdict: (verdict, text) => bold(hues[verdict](text)),
  };
}
