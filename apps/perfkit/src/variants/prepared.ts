import type { Replacement } from '@perf/runner';
import type { RunSource } from '@perf/schema';

/** What a side needs before its perf files are looked for. */
export interface Prepared {
  /** For reports. */
  readonly label: string;
  /** Absolute folder that its perf files are found in, and its processes run in. */
  readonly root: string;
  /** Where the code comes from, if it is not what lies in `root` in the user's own working tree. */
  readonly source?: RunSource;
  /** Set where `root` is a tree of our own that files may be put into. */
  readonly worktree?: { readonly own: string; readonly other: string };
  readonly node?: NodeBinary;
  readonly replace?: ReplacedPackage;
}

/** A Node binary other than the one that perfkit runs on. */
export interface NodeBinary {
  /** Absolute path. */
  readonly execPath: string;
  /** `process.versions.node` and `.v8` there. */
  readonly version: string;
  readonly v8: string;
}

/** A package in a version of its own. */
export interface ReplacedPackage {
  readonly name: string;
  /** That was installed. */
  readonly version: string;
  readonly from: Replacement['from'];
}

/** What preparing a side may use. */
export interface Preparing {
  /** The user's folder. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Tells what goes on. */
  readonly say: (line: string) => void;
  /** Called with what undoes a step, right after it. */
  readonly undo: (step: () => void) => void;
}
