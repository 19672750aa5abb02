import { visible } from '@perf/report';

/** Writes a result. Only results go to stdout, so that they can be piped. Text from outside must be made visible first. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a result piece by piece, no faster than its reader takes it. Stops early, without an error, if that one left. */
export async function printAll(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!process.stdout.writable) return;
    const gone = await new Promise<boolean>((resolve) => {
      process.stdout.write(piece, (error) => resolve(error !== null && error !== undefined));
    });
    if (gone) return;
  }
}

/** Writes a line about what goes on to stderr; whatever it holds, it neither moves the cursor nor hides. */
export function log(line: string): void {
  process.stderr.write(`${visible(line)}\n`);
}

/** Whether a stream should be coloured: a terminal, and nobody said NO_COLOR. FORCE_COLOR overrules the terminal. */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  if (process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== '') return false;
  if (process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}
