import { fileURLToPath } from 'node:url';

/** A function as V8's profilers name it. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  /** From 0; -1 for what is built in. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** A function for people: where it begins, the line from 1, or 0 and no file for what is built into V8. */
export interface Place {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** The function of a frame, its URL turned into a path where it is a file's. */
export function placeOf({ functionName, url, lineNumber }: CallFrame): Place {
  return {
    function: functionName === '' ? '(anonymous)' : functionName,
    file: pathOf(url),
    line: url === '' ? 0 : lineNumber + 1,
  };
}

/** Tells functions apart, also two on one line. */
export function frameKey({ functionName, url, lineNumber, columnNumber }: CallFrame): string {
  return `${url}:${lineNumber}:${columnNumber}:${functionName}`;
}

function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
