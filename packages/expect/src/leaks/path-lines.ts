import type { Line } from '../words.js';

/** A step that is V8's or Node.js's own: roots, contexts, tables. */
const OF_THE_ENGINE = /(?:^|: )(?:\(.*\)|(?:system|Node) \/ .*|ModuleWrap|Generator)$/;
/** Of a longer path the beginning tells least. */
const MOST_STEPS = 20;

/** A retaining path, a line for each step. What the engine has before the program's first object is left out. */
export function pathLines(label: string, path: readonly string[]): Line[] {
  const first = path.findIndex((step) => !OF_THE_ENGINE.test(step));
  const own = path.slice(Math.max(first, path.length - MOST_STEPS, 0));
  return block(label, own.length < path.length ? ['…', ...own] : own);
}

/** Several lines under one label. */
export function block(label: string, texts: readonly string[]): Line[] {
  return texts.map((text, index) => [index === 0 ? label : '', text]);
}

/** The container in a path that is nearest to the object at its end, such as `sessions: Map`. */
export function containerIn(path: readonly string[]): string | undefined {
  return path.findLast((step) => /(?:^|: )(?:Map|Set|Array)$/.test(step));
}
