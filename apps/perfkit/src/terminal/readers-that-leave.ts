import { exitCodes } from '../exit-codes.js';

/**
 * Lets the process end in order when nobody reads its output any more, as in `perfkit report | head -1`: what it does
 * and its exit code do not depend on it. Output that is lost for another reason, such as a full disk, is an error.
 */
export function allowReadersToLeave(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      if (stream === process.stdout)
        process.stderr.write(`perfkit: stdout cannot be written: ${error.code}\n`);
      process.once('exit', () => {
        process.exitCode = exitCodes.usage;
      });
    });
  }
}
