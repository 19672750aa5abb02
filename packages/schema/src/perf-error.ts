/** What a `PerfError` carries beside its message. */
export interface PerfErrorOptions {
  /** The value that was refused, short enough to print. */
  readonly seen?: unknown;
  /** The next step for whoever reads the message: one imperative sentence. */
  readonly remedy?: string;
  /** Where it was: a file, with line and column (both from 1) when they are known. */
  readonly place?: { readonly file: string; readonly line?: number; readonly column?: number };
  readonly cause?: unknown;
}

/**
 * Base of every error that perfkit throws. Its `code` is stable and part of the interface; its message is not.
 *
 * Packages throw subclasses of their own, so that a caller can tell them apart by `instanceof` or by `code`.
 */
export class PerfError extends Error {
  override readonly name: string = 'PerfError';
  readonly code: string;
  readonly seen: unknown;
  readonly remedy: string | undefined;
  readonly place: PerfErrorOptions['place'];

  constructor(code: string, message: string, options: PerfErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.seen = options.seen;
    this.remedy = options.remedy;
    this.place = options.place;
  }
}

/**
 * An error as one line of text with its code, place and remedy: what the CLI prints and documents keep.
 *
 * @param error - Anything that was thrown, also a value that is no `Error`.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof PerfError)) return error instanceof Error ? error.message : String(error);
  const { place, remedy } = error;
  const at =
    place === undefined
      ? ''
      : `${[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}: `;
  return `${at}${error.message}${remedy === undefined ? '' : ` ${remedy}`}`;
}
