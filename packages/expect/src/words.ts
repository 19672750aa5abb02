import { relative } from 'node:path';
import { formatChange, formatChangeRange, formatQuantity, visible } from '@perf/report';
import type { Compared } from '@perf/schema';
import type { Target } from './target.js';

/** One line of an explanation: what it is about, and what it says. */
export type Line = readonly [label: string, text: string];

/** A headline with labelled lines below it. Names in it come from outside: what could act is written out. */
export function explanation(headline: string, lines: readonly Line[]): string {
  const width = Math.max(...lines.map(([label]) => label.length));
  const drawn = lines.map(([label, text]) => `  ${label.padEnd(width)}  ${visible(text)}`);
  return [visible(headline), '', ...drawn].join('\n');
}

/** `12.3 µs against 15.1 µs: 19 % faster, interval -24 % to -12 % at 99.2 %; ratio 0.81 (0.76 to 0.88), p = 0.008`. */
export function changeText(row: Compared, against: string): string {
  const { center, ratio, low, high, unit, better, confidence, p } = row;
  const figures = `${formatQuantity(center.b, unit)} ${against} ${formatQuantity(center.a, unit)}`;
  const change = `${formatChange(ratio, better, unit)}, interval ${formatChangeRange(ratio, low, high)} at ${percent(confidence, Math.floor)}`;
  return `${figures}: ${change}; ratio ${plain(ratio)} (${plain(low)} to ${plain(high)}), p = ${plain(p)}`;
}

/** What would decide, as an instruction. */
export function decisionText({ needed, processes }: Compared, stored: boolean): string {
  if (needed === undefined) {
    return 'no number of processes up to 100 is expected to: it lies at the limit, or the machine is too noisy (npx perfkit doctor)';
  }
  const own = `{ processes: ${processes.b + needed} }`;
  const more = `about ${needed} more ${needed === 1 ? 'process' : 'processes'} on each side: ${own}`;
  return stored ? `${more} here, and a baseline run with --processes ${processes.a + needed}` : more;
}

/** `5 processes each`, or `5 processes, 7 of the baseline` where the sides differ. */
export function processesText({ processes: { a, b } }: Compared): string {
  const own = `${b} ${b === 1 ? 'process' : 'processes'}`;
  return a === b ? `${own} each` : `${own}, ${a} of the baseline`;
}

/** A fraction as a percentage: `10 %`, `2.5 %`. */
export function percent(fraction: number, round: (value: number) => number = Math.round): string {
  return `${round(fraction * 1000 + 1e-9) / 10} %`;
}

/** A ratio or a p with three digits that count. */
export function plain(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}

/** Places of targets, each once, as a person in the working directory finds them. */
export function placesText(targets: readonly Target[]): string {
  return [...new Set(targets.map(({ place }) => shownPath(place)))].join(', ');
}

/**
 * Characters that mean nothing between double quotes in any common shell: a command that is copied must not run what
 * a name says.
 */
const harmless = /^[\p{L}\p{N} ›,._:/+=#()@-]+$/u;

/**
 * The command that measures targets alone and in depth: `npx perfkit run perf/a.perf.ts --only "a › b"`.
 *
 * @param flags - Added as they are: never taken from a name.
 */
export function measureCommand(targets: readonly Target[], flags = ''): string {
  const root = targets[0]?.root ?? '';
  const files = [...new Set(targets.map(({ file }) => quoted(relative(root, file))))].join(' ');
  const only = shared(targets.map(({ title }) => title.replace(/ \([^()]*=[^()]*\)$/, '')));
  const selection = only !== '' && harmless.test(only) && !only.startsWith('-') ? ` --only "${only}"` : '';
  return `${inFolder(root)}npx perfkit run ${files}${selection}${flags === '' ? '' : ` ${flags}`}`;
}

/** `cd packages/a && ` unless that is the working directory. */
export function inFolder(root: string): string {
  const folder = relative(process.cwd(), root);
  return folder === '' ? '' : `cd ${quoted(folder)} && `;
}

/** What one `--only` can name: the whole title, the suite that titles share, or nothing. */
function shared(titles: readonly string[]): string {
  const [first = '', ...others] = titles;
  if (others.every((title) => title === first)) return first;
  const suite = first.slice(0, first.lastIndexOf(' › '));
  return others.every((title) => title.startsWith(`${suite} › `)) ? `${suite} ›` : '';
}

function shownPath(file: string): string {
  return relative(process.cwd(), file) || file;
}

function quoted(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : JSON.stringify(path);
}
