import { sep } from 'node:path';
import {
  endText,
  exhaustionText,
  formatInterval,
  formatQuantity,
  resourceName,
  resourceUnit,
} from '@perf/report';
import type { OutcomeState } from '../outcome.js';
import type { Target } from '../target.js';
import { explanation, type Line, measureCommand, placesText } from '../words.js';
import type { Hunted, LeakEvidence, LeakResource } from './leak-evidence.js';
import { closingStep, nativeStep, nextStep } from './next-step.js';
import { block, containerIn, pathLines } from './path-lines.js';

type Site = NonNullable<NonNullable<LeakEvidence['culprit']>['site']>;

/** Constructors that are told; what V8 makes of code is not. */
const MOST_CONSTRUCTORS = 5;
const ENGINE = /^\((?:compiled code|object shape|system)\)$/;

export interface LeakageFigures extends Hunted {
  readonly counting: readonly LeakResource[];
  readonly state: OutcomeState;
  /** Of a probe. */
  readonly target: Target | undefined;
}

/** Whether something leaks, how much, what holds it, where it was made and what to do about it. */
export function leakageText(figures: LeakageFigures): string {
  const { evidence, counting, warnings, state, target } = figures;
  const counted = evidence.filter(({ resource }) => counting.includes(resource));
  const others = evidence.filter(({ resource }) => !counting.includes(resource));
  const leaking = counted.filter(({ verdict }) => verdict === 'leaking');
  return explanation(headlineOf(figures, leaking), [
    ...counted.map((one): Line => [resourceName(one.resource), grownText(one)]),
    ...others.map((one): Line => [resourceName(one.resource), `not counted; ${grownText(one)}`]),
    ...leaking.flatMap((one) => causeLines(one, figures)),
    ...block('note', warnings),
    ...(state === 'undecided' ? [['to decide', decision(counted)] as Line] : []),
    ...(target === undefined
      ? []
      : ([
          ['place', placesText([target])],
          ['look closer', measureCommand([target])],
        ] as Line[])),
  ]);
}

function headlineOf({ name, state }: LeakageFigures, leaking: readonly LeakEvidence[]): string {
  const grown = leaking.map(
    ({ resource, bytesPerIteration: { estimate } }) =>
      `${resourceName(resource)}, ${formatQuantity(estimate, resourceUnit(resource))} per iteration`,
  );
  if (state === 'shown') return `${name} leaks ${grown.join('; ')}.`;
  return state === 'refuted' ? `${name} does not leak.` : `${name}: whether it leaks is undecided.`;
}

/** `leaking: 138 B per iteration, interval 135 to 141 B; 4.05 GiB are full after 31.2M more iterations`. */
function grownText(evidence: LeakEvidence): string {
  const { verdict, resource, bytesPerIteration, sensitivityBytes } = evidence;
  const unit = resourceUnit(resource);
  const { estimate, range } = formatInterval(bytesPerIteration, unit);
  const growth = `${estimate} per iteration, interval ${range}`;
  const least = `it could have seen ${formatQuantity(sensitivityBytes, unit)} per iteration`;
  return {
    leaking: `leaking: ${growth}${exhaustionText(evidence).replace(/^ (.*)\.$/, '; $1')}`,
    saturating: `grows ${endText(evidence)}`,
    steady: `steady; ${least}`,
    undecided: `undecided: ${growth}; ${least}`,
  }[verdict];
}

function causeLines({ resource, culprit }: LeakEvidence, { constructors }: LeakageFigures): Line[] {
  const { path = [], site } = culprit ?? {};
  if (resource === 'external' || resource === 'rss') return [['next', nativeStep(resource)]];
  // Of descriptors and handles the path is their kinds, with numbers.
  if (resource !== 'heap')
    return path.length === 0 ? [] : [...block('left open', path), ['next', closingStep(path)]];
  return [
    ...pathLines('held by', path),
    ...(site === undefined ? [] : siteLines(site)),
    ...grownLines(constructors),
    ...(path.length === 0 ? [] : nextLines(path)),
  ];
}

function siteLines({ file, line, package: name, stack = [] }: Site): Line[] {
  const [place = `${file}:${line}`, ...callers] = stack;
  const owner = name === undefined ? '' : ` (npm package ${name})`;
  return [['made at', `${shownCall(place)}${owner}`], ...block('called by', callers.map(shownCall))];
}

function shownCall(call: string): string {
  return call.replace(process.cwd() + sep, '');
}

function grownLines(constructors: Hunted['constructors']): Line[] {
  const texts = constructors
    .filter(({ name }) => !ENGINE.test(name))
    .slice(0, MOST_CONSTRUCTORS)
    .map(({ name, count, bytes }) => `${name} × ${count} (${formatQuantity(bytes, 'bytes')})`);
  return texts.length === 0 ? [] : [['grew', texts.join(', ')]];
}

function nextLines(path: readonly string[]): Line[] {
  // The length of a chain is another one next time.
  const holder = (containerIn(path) ?? path.at(-2) ?? path.at(-1) ?? '').replace(/ × \d+$/, '');
  return block('next', [nextStep(path), `if that is meant: { allow: [${JSON.stringify(holder)}] }`]);
}

function decision(counted: readonly LeakEvidence[]): string {
  const names = counted
    .filter(({ verdict }) => verdict === 'undecided')
    .map(({ resource }) => resourceName(resource));
  if (names.length === 0) return 'none of the resources asked for can be read here';
  return `${names.join(', ')}: more iterations, a longer timeout or a quieter process; or { undecided: 'pass' }`;
}
