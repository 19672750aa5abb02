import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstructionCount } from '@perf/schema';
import { failureOfEnding } from '../failed-measurement.js';
import type { MeasurePlan, Variant } from '../plan.js';
import { runTask } from '../probe-process.js';
import type { PlannedProbe } from '../protocol.js';
import type { Reaper } from '../reaper/reaper.js';
import type { InstructionCounter } from './counter.js';
import type { CountedRounds, CountSize, RoundsDone } from './perform-rounds.js';

/** One probe of one variant, and what its processes need. */
export interface Counting extends Pick<MeasurePlan, 'seed' | 'signal' | 'loading'> {
  readonly counter: InstructionCounter;
  readonly planned: PlannedProbe;
  readonly variant: Variant;
  readonly marker: string;
  readonly reaper: Reaper;
}

/** Why there is no count. */
interface Uncounted {
  readonly unavailable: string;
}

/**
 * What makes V8 execute the same instructions every time: one thread for all, so that code is compiled and garbage
 * collected after so many calls and bytes and not whenever another thread comes to it, and fixed seeds for hashes and
 * `Math.random`.
 */
const PREDICTABLE_FLAGS = ['--predictable', '--hash-seed=1', '--random-seed=1'];
/** Time after which a process is killed [ms]: callgrind takes many times what the code itself takes. */
const DEADLINE_MS = 600_000;
/** Of a probe. */
const COUNTS = 4;
/** Where a process gives one count, so many run one count more each: what two neighbours differ by is a count. */
const PROCESSES = 3;

/** How large the counts of a probe should be. */
export async function sizeCount(counting: Counting): Promise<CountSize | Uncounted> {
  const done = await runRounds(counting, counting.variant, undefined);
  return 'unavailable' in done ? done : (done.size ?? { rounds: 1, batches: 1 });
}

/** Counts the instructions of a probe's operations, several times. */
export async function countProbe(counting: Counting, size: CountSize): Promise<InstructionCount | Uncounted> {
  const { counter } = counting;
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-instructions-'));
  try {
    const taken = counter.closesCounts
      ? await countsOfOne(counting, size, join(folder, 'count'))
      : await countsOfSeveral(counting, size, join(folder, 'count'));
    if ('unavailable' in taken) return taken;
    const counts = taken.counts.map((count) => count / (size.batches * size.rounds * taken.operations));
    const low = Math.min(...counts);
    if (!(low > 0))
      return {
        unavailable: `${counter.tool} gave no counts that could be told from the process around them.`,
      };
    return {
      perOperation: {
        estimate: counts.reduce((sum, count) => sum + count, 0) / counts.length,
        low,
        high: Math.max(...counts),
      },
      counts: counts.length,
      operations: size.batches * size.rounds * taken.operations,
      tool: counter.tool,
      version: counter.version,
      flags: [...PREDICTABLE_FLAGS],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Instructions of each count, and operations of one round. */
interface Taken {
  readonly counts: readonly number[];
  readonly operations: number;
}

/** The process marks where its counts meet. */
async function countsOfOne(counting: Counting, size: CountSize, file: string): Promise<Taken | Uncounted> {
  const done = await runRounds(counting, counted(counting, file), { size, counts: COUNTS });
  if ('unavailable' in done) return done;
  // The first file holds start-up and warm-up.
  const counts = Array.from({ length: COUNTS }, (_, count) =>
    readCount(counting.counter, `${file}.${count + 2}`),
  );
  return { counts, operations: done.operations };
}

async function countsOfSeveral(
  counting: Counting,
  size: CountSize,
  file: string,
): Promise<Taken | Uncounted> {
  const totals: number[] = [];
  let operations = 1;
  for (let process = 0; process < PROCESSES; process += 1) {
    const one = `${file}-${process}`;
    const done = await runRounds(counting, counted(counting, one), { size, counts: process });
    if ('unavailable' in done) return done;
    totals.push(readCount(counting.counter, one));
    operations = done.operations;
  }
  return { counts: totals.slice(1).map((total, index) => total - (totals[index] as number)), operations };
}

/** Not a number where the tool wrote none. */
function readCount(counter: InstructionCounter, file: string): number {
  return existsSync(file) ? (counter.read(readFileSync(file, 'utf8')) ?? Number.NaN) : Number.NaN;
}

/** The variant as the counter starts it: Node.js becomes an argument of the counter. */
function counted({ variant, counter }: Counting, file: string): Variant {
  const node = variant.execPath ?? process.execPath;
  return {
    ...variant,
    execPath: counter.command,
    execArgv: [...counter.argumentsFor(file), node, ...(variant.execArgv ?? []), ...PREDICTABLE_FLAGS],
  };
}

async function runRounds(
  { planned, seed, signal, loading, marker, reaper }: Counting,
  variant: Variant,
  rounds: CountedRounds | undefined,
): Promise<RoundsDone | Uncounted> {
  const { file, plain, probe } = planned;
  const context = {
    probe,
    processIndex: 0,
    budget: { timeMs: 1, warmupMs: 1, share: 1 },
    seed,
    deadline: Date.now() + DEADLINE_MS,
  };
  const ending = await runTask(
    { do: 'rounds', file, context, ...(rounds !== undefined && { rounds }) },
    { variant, loading, plain, deadlineMs: DEADLINE_MS, signal, marker, reaper },
  );
  if (ending.how === 'interrupted') return { unavailable: 'It was interrupted.' };
  if (ending.how === 'answered' && ending.answer.did === 'rounds') return ending.answer.done;
  return { unavailable: failureOfEnding(ending, DEADLINE_MS).error.message };
}
