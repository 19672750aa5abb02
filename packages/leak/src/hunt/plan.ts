import type { GrowingContainer } from '../count/census.js';
import type { Running } from '../snapshot/retainers.js';
import type { Floors } from './run-blocks.js';

/** What a hunt may do, and for how long. */
export interface HuntPlan {
  /** Time that a block is meant to take, all of them together, and all of them with the settling between them [ms]. */
  readonly blockMs: number;
  readonly totalMs: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly iterations?: number | undefined;
  readonly blocks?: number | undefined;
  /** Iterations before the first reading. */
  readonly warmup?: number | undefined;
  readonly floors: Floors;
  /** Bytes that the heap may take, where that is less than V8 lets it have. */
  readonly budget?: number | undefined;
  /** Whether to count objects: `undefined` at full length where something grew, `true` always, `false` not at all. */
  readonly count?: boolean | undefined;
  readonly allow: readonly RegExp[];
  readonly running: Running;
  /** When the process is killed: epoch time [ms]. */
  readonly deadline: number;
  readonly tell?: ((doing: string) => void) | undefined;
}

/** A container that is full, or is on its way to its limit. */
export type FilledContainer = Container & {
  /** The limit, the property that tells it, and iterations until it is reached. */
  readonly limit?: { readonly name: string; readonly size: number; readonly iterations: number };
};

/** A container by what it holds. */
export type Container = Omit<GrowingContainer, 'id' | 'index'>;
