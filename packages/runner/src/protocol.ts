import type { Failure, Measurement, Params, ProbeContext, ProbeId, ProbeNews } from '@perf/schema';

/** What the parent asks of a child, once, right after starting it. */
export type Task =
  | { readonly do: 'list'; readonly file: string }
  | {
      readonly do: 'measure';
      readonly file: string;
      readonly context: Omit<ProbeContext, 'signal' | 'tell'>;
    };

/** A probe as its file exports it, before its parameters are filled in. */
export interface ListedProbe {
  readonly suite: string;
  readonly name: string;
  readonly kind: string;
  readonly points: readonly Params[];
  readonly deadlineMs?: number;
}

/** What the child answers, once, before it ends. */
export type Answer =
  | { readonly did: 'list'; readonly probes: readonly ListedProbe[] }
  | { readonly did: 'measure'; readonly measurement: Measurement }
  | { readonly did: 'fail'; readonly failure: Failure };

/** What the child tells on the way, any number of times. */
export interface News {
  readonly did: 'news';
  readonly news: ProbeNews;
}

/**
 * A message as it travels. Measured code may use the same channel; only what carries the task's token is an answer.
 */
export interface Envelope<Content> {
  readonly token: string;
  readonly content: Content;
}

/** The content of an envelope with this token, or `undefined` for whatever else was sent. */
export function contentOf(message: unknown, token: string): unknown {
  if (message === null || typeof message !== 'object' || !('token' in message) || message.token !== token)
    return undefined;
  return 'content' in message ? message.content : undefined;
}

/** What a child needs before its first import, in its environment as JSON. */
export interface LoadingOptions {
  /** Folder of files whose types are already blanked, by content. */
  readonly cacheFolder: string;
  /** URL of a module from which `@perf/*` is resolved when a perf file has no copy of its own. */
  readonly resolveFrom: string;
}

/** Name of the environment variable that carries the `LoadingOptions`. */
export const LOADING_VARIABLE = 'PERFKIT_LOADING';
/** Name of the environment variable that marks every process of a run, however it was started. */
export const RUN_VARIABLE = 'PERFKIT_RUN';

/** One point of a probe in one file. */
export interface PlannedProbe {
  readonly file: string;
  readonly probe: ProbeId;
  readonly deadlineMs?: number;
}
