/** What the command line says of one side of a comparison. */
export interface Side {
  readonly what: What;
  /** Flags of Node, such as `--max-old-space-size=200`. */
  readonly flags: readonly string[];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The code that a side measures, and on which Node. */
export type What =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'git'; readonly ref: string }
  | { readonly kind: 'npm'; readonly name: string; readonly range: string }
  | { readonly kind: 'node'; readonly path: string };

/** What stands for the merge base with the default branch, in place of a ref. */
export const MERGE_BASE = 'merge-base';

/** The default for B, and for what is measured on another Node. */
export const workingTree: What = { kind: 'directory', path: '.' };
