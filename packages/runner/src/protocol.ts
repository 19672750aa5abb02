import type { Failure, Measurement, Params, Probe, ProbeContext, ProbeId, ProbeNews } from '@perf/schema';
import type { Coverage } from './cover/coverage.js';
import type { CountedRounds, RoundsDone } from './instructions/perform-rounds.js';
import type { PairAnswer, PairTask } from './lockstep/messages.js';
import type { ProfileFiles, WrittenProfiles } from './profiling/written-profiles.js';

/** What the parent asks of a child, once, right after starting it. */
export type Task =
  | PairTask
  | { readonly do: 'list'; readonly file: string }
  | {
      readonly do: 'measure';
      readonly file: string;
      readonly context: Omit<ProbeContext, 'signal' | 'tell'>;
    }
  | {
      readonly do: 'cover';
      readonly file: string;
      readonly context: Omit<ProbeContext, 'signal' | 'tell'>;
    }
  | {
      readonly do: 'rounds';
      readonly file: string;
      readonly context: Omit<ProbeContext, 'signal' | 'tell'>;
      /** Absent to find out how many there should be. */
      readonly rounds?: CountedRounds;
    }
  | {
      readonly do: 'profile';
      readonly file: string;
      readonly context: Omit<ProbeContext, 'signal' | 'tell'>;
      readonly files: ProfileFiles;
    };

/** What a perf file says of a probe for the choice of what is measured. */
export type Marks = Pick<Probe, 'tags' | 'mode' | 'fails'>;

/** A probe as its file exports it, before its parameters are filled in. */
export interface ListedProbe extends Marks {
  /** Whether two versions of it can run in turns. */
  readonly live?: boolean;
  readonly suite: string;
  readonly name: string;
  readonly kind: string;
  readonly points: readonly Params[];
  readonly deadlineMs?: number;
}

/** What the child answers, once, before it ends. */
export type Answer =
  | {
      readonly did: 'list';
      readonly probes: readonly ListedProbe[];
      /** Whether the file, or a module of it, got a package from elsewhere. */
      readonly replaced?: boolean;
      /** Whether Node.js loads the file, and all that it may ask for, the same way without hooks. */
      readonly plain?: boolean;
    }
  | { readonly did: 'measure'; readonly measurement: Measurement }
  | PairAnswer
  | { readonly did: 'cover'; readonly coverage: Coverage }
  | { readonly did: 'rounds'; readonly done: RoundsDone }
  | { readonly did: 'profile'; readonly profiles: WrittenProfiles }
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
  /** Whether to load as Node.js does by itself: for a file that was seen to need nothing else. Default false. */
  readonly plain?: boolean;
  /** Of the variant. */
  readonly replace?: Replacements;
  /** Of the variant. */
  readonly apart?: Apart;
}

/** Packages taken from elsewhere, by name. */
export type Replacements = Readonly<Record<string, Replacement>>;

/** Where a package is taken from in place of the copies that perf files would get. */
export interface Replacement {
  /** Absolute real folder whose `node_modules` holds it. */
  readonly from: string;
  /** Absolute real folders of the copies that it stands in for. Other copies, of packages' own, stay as they are. */
  readonly instead: readonly string[];
  /** Its peer dependencies that the project has: those come from there. Folder to look from, by name. */
  readonly peers?: Readonly<Record<string, string>>;
}

/** Two trees of one repository that must not be mixed. */
export interface Apart {
  /** Absolute real folder that the variant lies in. */
  readonly own: string;
  /** Absolute real folder whose modules are refused, unless they are in a `node_modules`. */
  readonly other: string;
}

/** Name of the environment variable that carries the `LoadingOptions`. */
export const LOADING_VARIABLE = 'PERFKIT_LOADING';
/** Name of the environment variable that marks every process of a run, however it was started. */
export const RUN_VARIABLE = 'PERFKIT_RUN';

/** One point of a probe in one file. */
export interface PlannedProbe extends Marks {
  /** Whether two versions of it can run in turns. */
  readonly live?: boolean;
  readonly file: string;
  /** Whether the file loads the same way without hooks. */
  readonly plain: boolean;
  readonly probe: ProbeId;
  readonly deadlineMs?: number;
}
