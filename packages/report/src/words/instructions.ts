import type { ComparedInstructions, Comparison, InstructionCount, Run } from '@perf/schema';
import { visible } from '../visible.js';
import { formatChange } from './change.js';
import { formatQuantity } from './quantity.js';
import { nameIn } from './sentence.js';

/** Counts that differ by less are called the same: what little the rest of a process varies by. */
const SAME = 0.005;

/** What must be known before any of the sentences is read. */
export const instructionsLead =
  'Counted in processes of their own, in which V8 does everything on one thread. They do not depend on what else the machine does, and are no measure of speed: fewer instructions can take longer.';

/**
 * How many instructions each benchmark executes, and against the other side if there is one:
 * `json › parse executes 109k instructions per operation, 4.9 % more than before (103k; counts within 0.01 %, callgrind).`
 *
 * @returns Nothing where nobody asked for them.
 */
export function instructionSentences(run: Run | undefined, comparison: Comparison | undefined): string[] {
  if (comparison?.instructions !== undefined) return comparison.instructions.map(comparedSentence);
  return (run?.instructions ?? []).map((counted) =>
    'unavailable' in counted
      ? `${nameIn(counted.probe)} was not counted: ${visible(counted.unavailable)}`
      : `${nameIn(counted.probe)} executes ${figure(counted)} per operation (counts ${within(spread(counted))}, ${visible(counted.tool)}).`,
  );
}

function comparedSentence(counted: ComparedInstructions): string {
  if ('unavailable' in counted)
    return `${nameIn(counted.probe)} was not counted: ${visible(counted.unavailable)}`;
  const { probe, a, b, ratio, low, high } = counted;
  const widest = Math.max(spread(a), spread(b));
  const same = Math.max(Math.abs(low - 1), Math.abs(high - 1)) < SAME;
  const certain = low > 1 || high < 1;
  const change = formatChange(ratio, 'lower', 'count');
  const stands = same
    ? 'as many as before'
    : certain
      ? `${change} than before`
      : `which its counts do not tell from what it was before`;
  const basis = `(${formatQuantity(a.perOperation.estimate, 'count')} before; counts ${within(widest)}, ${visible(b.tool)})`;
  return `${nameIn(probe)} executes ${figure(b)} per operation, ${stands} ${basis}.`;
}

function figure({ perOperation }: InstructionCount): string {
  return `${formatQuantity(perOperation.estimate, 'count')} instructions`;
}

/** How far apart counts of the same code were, as a fraction. */
function spread({ perOperation: { estimate, low, high } }: InstructionCount): number {
  return (high - low) / estimate;
}

function within(fraction: number): string {
  const percent = Math.max(fraction * 100, 0.01);
  return `within ${Number(percent.toPrecision(percent < 1 ? 1 : 2))} % of each other`;
}
