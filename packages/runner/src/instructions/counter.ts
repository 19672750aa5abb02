import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A tool that counts the instructions which a process executes in user space. */
export interface InstructionCounter {
  readonly tool: 'perf' | 'callgrind';
  /** What it is, for people, such as `valgrind-3.19.0`. */
  readonly version: string;
  /** Absolute path, or name on the PATH. */
  readonly command: string;
  /** Arguments that come before the command to count, which writes what it counts into a file. */
  argumentsFor(file: string): readonly string[];
  /** Whether every mark of the process closes a count: then the first is in `<file>.1`. Else there is one, in `<file>`. */
  readonly closesCounts: boolean;
  /** The count in such a file; undefined if there is none. */
  read(text: string): number | undefined;
}

/** Function of the C library that marks where counts meet. */
const MARK = 'getpriority';

const perf: Omit<InstructionCounter, 'version'> = {
  tool: 'perf',
  command: 'perf',
  argumentsFor: (file) => ['stat', '--event=instructions:u', '--field-separator=,', '--output', file, '--'],
  closesCounts: false,
  read: (text) => wholeNumber(/^(\d+),[^,]*,instructions:u/m.exec(text)),
};

const callgrind: Omit<InstructionCounter, 'version'> = {
  tool: 'callgrind',
  command: 'valgrind',
  argumentsFor: (file) => [
    '--tool=callgrind',
    '--quiet',
    `--dump-before=${MARK}`,
    `--callgrind-out-file=${file}`,
  ],
  closesCounts: true,
  read: (text) => wholeNumber(/^totals: (\d+)/m.exec(text)),
};

/**
 * The tool that this machine counts instructions with: `perf stat`, where the processor lets it, else valgrind's
 * callgrind, which simulates the processor and is many times slower.
 *
 * `perf` is tried out and not believed: in many containers and virtual machines it is installed and counts nothing.
 *
 * @returns Why there is none, with what to do about it.
 *
 * Cost: starts three small processes.
 */
export async function instructionCounter(): Promise<InstructionCounter | { readonly unavailable: string }> {
  const perfVersion = await versionOf(perf.command);
  if (perfVersion !== undefined && (await counts(perf))) return { ...perf, version: perfVersion };
  const valgrindVersion = await versionOf(callgrind.command);
  if (valgrindVersion !== undefined && (await counts(callgrind)))
    return { ...callgrind, version: valgrindVersion };
  const seen =
    perfVersion === undefined
      ? 'There is neither perf nor valgrind'
      : 'perf counts no instructions here, as in most containers and virtual machines, and there is no valgrind';
  return { unavailable: `${seen}. Install valgrind, such as with "apt-get install valgrind".` };
}

/** Whether a count comes out of it. */
async function counts({
  command,
  argumentsFor,
  read,
}: Omit<InstructionCounter, 'version'>): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'perfkit-count-'));
  const file = join(folder, 'count');
  try {
    await run(command, [...argumentsFor(file), 'true']);
    return (read(readFileSync(file, 'utf8')) ?? 0) > 0;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ['--version']);
    return stdout.trim().split('\n')[0];
  } catch {
    return undefined;
  }
}

function wholeNumber(match: RegExpExecArray | null): number | undefined {
  const [, digits] = match ?? [];
  return digits === undefined ? undefined : Number(digits);
}
