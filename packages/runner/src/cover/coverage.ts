/** What one probe executed in a process of its own, from the import of its perf file to its end. */
export interface Coverage {
  /** Every script that its threads and processes loaded from a file; one that was loaded twice is there twice. */
  readonly scripts: readonly CoveredScript[];
  /** Absolute paths of files that it read as data, and of native addons. Those of scripts are not among them. */
  readonly read: readonly string[];
  /** Why it may have executed more than this, for people; absent if it cannot have. */
  readonly blind?: string;
}

export interface CoveredScript {
  /** Absolute path with symbolic links resolved. */
  readonly path: string;
  /** UTF-16 units of its text, as V8 got it; 0 where that is not known. */
  readonly length: number;
  /** What was executed until the perf file and all that it imports were loaded: the modules, and what they call. */
  readonly loading: readonly CoveredFunction[];
  /** What was executed after that: by set-up, measured code and teardown. Of other threads and processes, all. */
  readonly running: readonly CoveredFunction[];
}

/** One function. Offsets are UTF-16 units in the file as it was written: blanking types moves nothing. */
export interface CoveredFunction {
  readonly name: string;
  /** The whole function, and inside of it the blocks whose count differs from what is around them. */
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly start: number;
  readonly end: number;
  /** How often it was entered. */
  readonly count: number;
}

/** How often the code at an offset was executed: the count of the smallest block around it; 0 outside of all. */
export function countAt(functions: readonly CoveredFunction[], offset: number): number {
  let smallest: Block | undefined;
  for (const { blocks } of functions) {
    for (const block of blocks) {
      if (offset < block.start || offset >= block.end) continue;
      if (smallest === undefined || block.end - block.start <= smallest.end - smallest.start)
        smallest = block;
    }
  }
  return smallest?.count ?? 0;
}
