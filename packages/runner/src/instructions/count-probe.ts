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
import type { CountSize, RoundsDone } from './perform-rounds.js';

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
/** Time after which a process is killed [ms]: callgrind takes some 50 times what the code itself takes. */
const DEADLINE_MS = 600_000;
/** So many times the batches of a count run before any count, so that V8 has optimised the code and the loop around it. */
const WARM_UP = 4;
/** Processes that run one count more each: what two neighbours differ by is a count, without start-up and warm-up. */
const PROCESSES = 3;

/** How large the counts of a probe should be. */
export async function sizeCount(counting: Counting): Promise<CountSize | Uncounted> {
  const done = await runRounds(counting, counting.variant, []);
  return 'unavailable' in done ? done : (done.size ?? { rounds: 1, batches: 1 });
}

/** Counts the instructions of a probe's operations, several times. */
export async function countProbe(
  counting: Counting,
  { rounds, batches }: CountSize,
): Promise<InstructionCount | Uncounted> {
  const { counter, variant } = counting;
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-instructions-'));
  try {
    const totals: number[] = [];
    let operations = batches * rounds;
    for (let process = 0; process < PROCESSES; process += 1) {
      const file = join(folder, `count-${process}`);
      const steps = Array.from({ length: (WARM_UP + process) * batches }, () => rounds);
      const done = await runRounds(counting, counted(variant, counter, file), steps);
      if ('unavailable' in done) return done;
      const total = existsSync(file) ? counter.read(readFileSync(file, 'utf8')) : undefined;
      if (total === undefined) return { unavailable: `${counter.tool} wrote no count.` };
      totals.push(total);
      operations = batches * rounds * done.operations;
    }
    const counts = totals.slice(1).map((total, index) => (total - (totals[index] as number)) / operations);
    return {
      perOperation: {
        estimate: counts.reduce((sum, count) => sum + count, 0) / counts.length,
        low: Math.min(...counts),
        high: Math.max(...counts),
      },
      counts: counts.length,
      operations,
      tool: counter.tool,
      version: counter.version,
      flags: [...PREDICTABLE_FLAGS],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The variant as the counter starts it: Node.js becomes an argument of the counter. */
function counted(variant: Variant, counter: InstructionCounter, file: string): Variant {
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
  steps: readonly number[],
): Promise<RoundsDone | Uncounted> {
  const { file, probe } = planned;
  const context = {
    probe,
    processIndex: 0,
    budget: { timeMs: 1, warmupMs: 1, share: 1 },
    seed,
    deadline: Date.now() + DEADLINE_MS,
  };
  const ending = await runTask(
    { do: 'rounds', file, context, steps },
    { variant, loading, deadlineMs: DEADLINE_MS, signal, marker, reaper },
  );
  if (ending.how === 'interrupted') return { unavailable: 'It was interrupted.' };
  if (ending.how === 'answered' && ending.answer.did === 'rounds') return ending.answer.done;
  return { unavailable: failureOfEnding(ending, DEADLINE_MS).error.message };
}
