import {
  type CountedProbe,
  countInstructions,
  type InstructionCounter,
  instructionCounter,
  type MeasurePlan,
  type Variant,
} from '@perf/runner';
import {
  type ComparedInstructions,
  type Comparison,
  type InstructionCount,
  type ProbeId,
  probeKey,
  probeTitle,
} from '@perf/schema';
import type { JudgedRun } from '../judge/judged-run.js';
import { UsageError } from '../usage-error.js';

/** What the command line says of it. */
export interface InstructionFlags {
  readonly instructions: boolean;
}

interface CountPlan extends Pick<MeasurePlan, 'seed' | 'signal' | 'loading'> {
  readonly counter: InstructionCounter | undefined;
  /** Told what takes time now. */
  readonly say: (line: string) => void;
}

/**
 * The tool to count with, or nothing where nobody asked for counts. Call it before anything is measured.
 *
 * @throws {UsageError} `usage/no-counter` if they are asked for and cannot be had.
 */
export async function counterFor({
  instructions,
}: InstructionFlags): Promise<InstructionCounter | undefined> {
  if (!instructions) return undefined;
  const counter = await instructionCounter();
  if (!('unavailable' in counter)) return counter;
  throw new UsageError('usage/no-counter', 'Instructions cannot be counted on this machine.', {
    seen: counter.unavailable,
    remedy: `${counter.unavailable} Or leave --instructions out.`,
  });
}

/** A run with the instructions of its benchmarks; as it is where nobody asked for them, or the run was interrupted. */
export async function runWithInstructions(
  run: JudgedRun,
  variant: Variant,
  plan: CountPlan,
): Promise<JudgedRun> {
  const probes = run.measurements.map(({ probe }) => probe);
  const counted = await countAll([variant], probes, plan);
  if (counted === undefined) return run;
  return {
    ...run,
    instructions: counted.map(({ probe, count }) => ({ probe: plain(probe), ...count })),
  };
}

/** The same for the two sides of a comparison, and how they compare. */
export async function comparisonWithInstructions(
  comparison: Comparison,
  variants: readonly [Variant, Variant],
  plan: CountPlan,
): Promise<Comparison> {
  const probes = comparison.comparisons.map(({ probe }) => probe);
  const counted = await countAll(variants, probes, plan);
  if (counted === undefined) return comparison;
  const ofA = new Map(
    counted.filter(({ variant }) => variant === 0).map((one) => [probeKey(one.probe), one]),
  );
  const instructions = counted
    .filter(({ variant }) => variant === 1)
    .flatMap(({ probe, count }) => {
      const before = ofA.get(probeKey(probe));
      return before === undefined ? [] : [compared(probe, before.count, count)];
    });
  return { ...comparison, instructions };
}

async function countAll(
  variants: readonly Variant[],
  probes: readonly ProbeId[],
  { counter, say, ...plan }: CountPlan,
): Promise<CountedProbe[] | undefined> {
  const benchmarks = new Set(probes.filter(({ kind }) => kind === 'bench').map(probeKey));
  if (counter === undefined || plan.signal.aborted || benchmarks.size === 0) return undefined;
  say(
    `Counting instructions with ${counter.tool}, for each of ${benchmarks.size} benchmarks in processes of its own.`,
  );
  const select = (probe: ProbeId) => benchmarks.has(probeKey(probe));
  const counted: CountedProbe[] = [];
  for await (const one of countInstructions({ ...plan, variants, counter, select })) {
    say(
      `counted ${probeTitle(one.probe)}${variants.length > 1 ? ` of ${variants[one.variant]?.label}` : ''}`,
    );
    counted.push(one);
  }
  return counted;
}

function compared(probe: ProbeId, a: CountedProbe['count'], b: CountedProbe['count']): ComparedInstructions {
  if ('unavailable' in a) return { probe: plain(probe), unavailable: a.unavailable };
  if ('unavailable' in b) return { probe: plain(probe), unavailable: b.unavailable };
  return { probe: plain(probe), a, b, ...ratioOf(a, b) };
}

/** The counts of a side are within a range of each other: so is their ratio. */
function ratioOf(
  { perOperation: a }: InstructionCount,
  { perOperation: b }: InstructionCount,
): { ratio: number; low: number; high: number } {
  return { ratio: b.estimate / a.estimate, low: b.low / a.high, high: b.high / a.low };
}

function plain({ params, ...probe }: ProbeId): ComparedInstructions['probe'] {
  return { ...probe, params: { ...params } };
}
