/** Writes a result. Only results go to stdout, so that they can be piped. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a line about what goes on to stderr. */
export function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whether a stream should be coloured: a terminal, and nobody said NO_COLOR. FORCE_COLOR overrules the terminal. */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  if (process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== '') return false;
  if (process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}
