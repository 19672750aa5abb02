import { sep } from 'node:path';
import { ownSteps } from '@perf/report';
import type { Line } from '../words.js';

/** Of a longer path the beginning tells least. */
const MOST_STEPS = 20;

/** A retaining path, a line for each step, without the engine's. A module is shown as its file. */
export function pathLines(label: string, path: readonly string[]): Line[] {
  const own = ownSteps(path).map((step) => step.replace(process.cwd() + sep, ''));
  const last = own.slice(-MOST_STEPS);
  return block(label, last.length < own.length ? ['…', ...last] : last);
}

/** Several lines under one label. */
export function block(label: string, texts: readonly string[]): Line[] {
  return texts.map((text, index) => [index === 0 ? label : '', text]);
}

/** The container in a path that is nearest to the object at its end, such as `sessions: Map`. */
export function containerIn(path: readonly string[]): string | undefined {
  return path.findLast((step) => /(?:^|: )(?:Map|Set|Array)$/.test(step));
}
