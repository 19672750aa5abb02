/**
 * A sampling heap profile of V8, in the form of `.heapprofile` files, which Chrome DevTools opens: what
 * `node --heap-prof` writes.
 */
export interface HeapProfile {
  /** The root, `(root)`: its descendants are the stacks. */
  readonly head: HeapProfileNode;
  /** One for each object that V8 happened to sample. */
  readonly samples: readonly HeapProfileSample[];
}

/** A function in the stack that its ancestors are. */
export interface HeapProfileNode {
  readonly callFrame: HeapProfileFrame;
  /** Bytes allocated with it on top of the stack, estimated from the samples. */
  readonly selfSize: number;
  /** Of this node, unique in its profile. */
  readonly id: number;
  readonly children: readonly HeapProfileNode[];
}

/** A function as V8 names it. */
export interface HeapProfileFrame {
  readonly functionName: string;
  readonly scriptId: string;
  /** Empty for what is built into V8; `node:…` for Node.js's own code. */
  readonly url: string;
  /** Where the function begins, both from 0; -1 for what is built in. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** A sampled object. */
export interface HeapProfileSample {
  /** Bytes that it stands for: its own, over the chance that an object of its size is sampled. */
  readonly size: number;
  /** `id` of the node that allocated it. */
  readonly nodeId: number;
  /** Rises with the time of the allocation. */
  readonly ordinal: number;
}
