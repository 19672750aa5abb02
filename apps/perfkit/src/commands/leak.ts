import {
  type HeapProfileKey,
  heapProfileDiff,
  heapProfileTop,
  readHeapProfile,
  readSnapshot,
  snapshotDiff,
  snapshotTop,
} from '@perf/leak';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { type HeapFileKind, kindOf, nameOf, readAs } from '../leaks/heap-file.js';
import { heapProfileDiffText, heapProfileTopText } from '../leaks/heap-profile-text.js';
import { snapshotDiffText, snapshotTopText } from '../leaks/snapshot-text.js';
import { print } from '../terminal/streams.js';
import { checkWhole, UsageError } from '../usage-error.js';

interface LeakArguments {
  readonly action: 'top' | 'diff';
  readonly files: string[];
  readonly by?: HeapProfileKey | undefined;
  readonly limit?: number | undefined;
  readonly json: boolean;
}

/** How the files of a command are told: as data, and for people. */
interface Answer {
  readonly data: object;
  text(): string;
}

const LIMIT = 20;

/** `perfkit leak`: what a heap snapshot or profile is made of, or what was added from one to the next. */
export async function leak({ action, files, by, limit = LIMIT, json }: LeakArguments): Promise<ExitCode> {
  checkWhole('limit', limit, 1, 100_000);
  checkCount(action, files);
  const [first, second] = files as [string, string?];
  const kind = await kindOf(first);
  if (second !== undefined) await checkAlike(first, second, kind);
  if (kind === 'snapshot' && by !== undefined) {
    throw new UsageError('usage/by', `--by is for heap profiles, and ${first} is a heap snapshot.`, {
      seen: by,
      remedy: 'Leave --by out: snapshots are told by constructor.',
    });
  }
  const { data, text } =
    kind === 'snapshot'
      ? await ofSnapshots(first, second, limit)
      : await ofProfiles(first, second, { by, limit });
  print(json ? JSON.stringify(data, null, 2) : text());
  return exitCodes.fine;
}

async function ofSnapshots(first: string, second: string | undefined, limit: number): Promise<Answer> {
  const read = (file: string) => readAs('snapshot', file, readSnapshot);
  if (second === undefined) {
    const data = snapshotTop(await read(first), limit);
    return { data, text: () => snapshotTopText(data) };
  }
  const data = snapshotDiff(await read(first), await read(second), limit);
  return { data, text: () => snapshotDiffText(data) };
}

async function ofProfiles(
  first: string,
  second: string | undefined,
  { by = 'line', limit }: { readonly by?: HeapProfileKey | undefined; readonly limit: number },
): Promise<Answer> {
  const read = (file: string) => readAs('profile', file, readHeapProfile);
  if (second === undefined) {
    const data = heapProfileTop(await read(first), { by, limit });
    return { data, text: () => heapProfileTopText(data) };
  }
  const data = heapProfileDiff(await read(first), await read(second), { by, limit });
  return { data, text: () => heapProfileDiffText(data) };
}

function checkCount(action: LeakArguments['action'], files: readonly string[]): void {
  const wanted = action === 'top' ? 1 : 2;
  if (files.length === wanted) return;
  throw new UsageError(
    'usage/snapshots',
    `perfkit leak ${action} reads ${wanted === 1 ? 'one file' : 'two files'}, and ${files.length} ${files.length === 1 ? 'is' : 'are'} named.`,
    {
      seen: files.length,
      remedy:
        action === 'top'
          ? 'Name one: perfkit leak top heap.heapsnapshot.'
          : 'Name two, the earlier first: perfkit leak diff before.heapsnapshot after.heapsnapshot.',
    },
  );
}

async function checkAlike(first: string, second: string, kind: HeapFileKind): Promise<void> {
  const other = await kindOf(second);
  if (other === kind) return;
  throw new UsageError(
    'usage/mixed-heap-files',
    `${first} is a ${nameOf(kind)} and ${second} a ${nameOf(other)}: nothing in them can be compared.`,
    { seen: second, remedy: 'Name two snapshots or two profiles.' },
  );
}
